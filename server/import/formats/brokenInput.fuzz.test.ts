import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ImportRefused } from './importRefused.ts'
import { openImport } from './openImport.ts'
import { collect, diskExport } from './testing/memoryExport.ts'
import { zipBytes } from './testing/zipBytes.ts'

const ROW = `${'a'.repeat(24)}\tA/B\t2016-01-01T00:00:00.000Z\t${'b'.repeat(24)}\talice\t${'c'.repeat(24)}\t"hi\n🤓"\r\n`
const MESSAGE = '{"id":1,"type":"message","date_unixtime":"1577872800","from":"Алиса","text":["a",{"type":"bold","text":"b"}]}'
const SLACK = {
  'users.json': '[{"id":"U1","name":"alice"}]',
  'channels.json': '[{"id":"C1","name":"general"}]',
  'general/2020-01-01.json': '[{"type":"message","user":"U1","ts":"1577872800.1","text":"hi <@U1>"}]',
}

const SAMPLES: Record<string, Buffer> = {
  gitter: Buffer.from(ROW.repeat(3)),
  irc: Buffer.from('[09:14] <alice> hi\n=== bob has joined #x\n[23:00]  * bob waves\n'),
  whatsapp: Buffer.from('\u200e[20.01.19, 11:23:45] Алиса: hi\nthere\n[21.01.19, 11:23:45 PM] Bob: yo\n'),
  telegram: Buffer.from(`{"id":1,"type":"personal_chat","name":"Bob","messages":[\n${MESSAGE},\n${MESSAGE}\n]}`),
  crosswoz: Buffer.from('{"dialogue":"1","i":0,"role":"usr","text":"你好"}\n'.repeat(3)),
  parley: Buffer.from('{"parley":1}\n{"type":"person","id":"x","name":"y"}\n'),
  slack: zipBytes(SLACK),
}

const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat(20), insert: fc.uint8Array({ maxLength: 8 }) })

test.each(Object.keys(SAMPLES))('whatever happened to a %s export, it is refused or its problems are told', async (format) => {
  const path = join(diskExport({}), 'export')
  const sample = SAMPLES[format] ?? Buffer.alloc(0)
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const broken = changes.reduce((bytes, { at, drop, insert }) => {
        const start = Math.floor(at * bytes.length)
        return Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + drop)])
      }, sample)
      writeFileSync(path, broken)
      const source = await openImport(path).catch((error: unknown) => {
        if (error instanceof ImportRefused) return null
        throw error
      })
      if (source === null) return
      const { entries, problems } = await collect(source.records())
      source.close()
      for (const { text, author, at } of entries) {
        expect([text !== '', text.isWellFormed(), author.name !== '', Number.isSafeInteger(at) && at >= 0]).not.toContain(false)
      }
      for (const problem of problems) expect(problem.words).not.toBe('')
    }),
    { numRuns: 150 },
  )
})
