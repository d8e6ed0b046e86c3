import { describe, expect, test } from 'vitest'
import { readCrosswoz } from './crosswoz.ts'
import { openImport } from './openImport.ts'
import { collect, memoryFile } from './testing/memoryExport.ts'
import { sharedData } from './testing/sharedData.ts'

describe('two-party dialogues', () => {
  test('one conversation each, a minute a message, broken lines reported', async () => {
    const { conversations, entries, problems } = await collect(
      readCrosswoz(
        memoryFile(
          'a.jsonl',
          '{"dialogue":"1","i":0,"role":"usr","text":"你好"}\n{"dialogue":"1","i":1\n{"dialogue":"1","i":1,"role":"sys","text":"好"}\n{"dialogue":"2","i":0,"role":"usr","text":"喂"}\n',
        ),
      ),
    )
    expect(conversations).toEqual([
      { key: '1', name: '1', kind: 'direct' },
      { key: '2', name: '2', kind: 'direct' },
    ])
    expect(entries.map(({ conversation, key, author, at, text }) => [conversation, key, author.name, at - Date.UTC(2000, 0, 1), text])).toEqual([
      ['1', '0', 'usr', 0, '你好'],
      ['1', '1', 'sys', 60_000, '好'],
      ['2', '0', 'usr', 0, '喂'],
    ])
    expect(problems).toMatchObject([{ line: 2 }])
  })
})

const data = sharedData('zh-crosswoz')
describe.runIf(data.present)(`CrossWOZ${data.skipped}`, () => {
  test('500 conversations, 8,458 messages', async () => {
    const source = await openImport(data.path)
    const { conversations, entries, problems } = await collect(source.records())
    expect(source.format).toBe('crosswoz')
    expect(problems).toEqual([])
    expect(conversations).toHaveLength(500)
    expect(entries).toHaveLength(8_458)
    expect(new Set(entries.map((entry) => `${entry.conversation} ${entry.key}`)).size).toBe(8_458)
  })
})
