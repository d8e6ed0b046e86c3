import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EntryId } from '../../shared/ids.ts'
import { ENTRY_MAX_BYTES, TEXT_MAX_CHARS } from '../../shared/limits.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import { validateEntry } from './validate.ts'

const id = EntryId.parse('0193b2f0-0000-7000-8000-000000000001')
const good = { id, at: 1_700_000_000_000, kind: 'message', body: { text: 'hello' } }

describe('an entry is taken', () => {
  it('as its author wrote it', () => {
    expect(validateEntry(good)).toEqual({ ok: true, entry: good })
  })

  it('up to the longest text, in any script', () => {
    for (const character of ['a', 'é', '字', '🙂']) {
      const text = character.repeat(TEXT_MAX_CHARS / character.length)
      expect(validateEntry({ ...good, body: { text } })).toMatchObject({ ok: true })
    }
  })
})

describe('an entry is refused by its id', () => {
  it.each([
    ['that is too long', { text: 'a'.repeat(TEXT_MAX_CHARS + 1) }, 'too-large'],
    ['that is short but large in JSON', { text: '\u0001'.repeat(TEXT_MAX_CHARS) }, 'too-large'],
    ['without text', { text: '' }, 'malformed'],
    ['that is no Unicode', { text: '\ud800' }, 'malformed'],
    ['with a notice, which nobody types', { text: 'joined', style: 'notice' }, 'malformed'],
    ['with anything unknown in it', { text: 'a', html: '<b>' }, 'malformed'],
  ])('%s', (_, body, code) => {
    expect(validateEntry({ ...good, body })).toMatchObject({ ok: false, id, refusal: { code, retry: false } })
  })

  it('that states an author', () => {
    expect(validateEntry({ ...good, author: id })).toMatchObject({ ok: false, refusal: { code: 'malformed' } })
  })
})

it('without an id there is nothing to answer to', () => {
  for (const raw of [null, 7, 'x', [], {}, { ...good, id: id.toUpperCase() }]) expect(() => validateEntry(raw)).toThrow(RefusedError)
})

it('no JSON value crashes it or passes above the size', () => {
  const almost = fc.record({ id: fc.constant(id), at: fc.jsonValue(), kind: fc.constant('message'), body: fc.jsonValue() })
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), almost), (raw) => {
      expect(['refused', 'small']).toContain(judged(raw))
    }),
  )
})

function judged(raw: unknown): string {
  try {
    const verdict = validateEntry(raw)
    if (!verdict.ok) return 'refused'
    return JSON.stringify(verdict.entry).length <= ENTRY_MAX_BYTES ? 'small' : 'large'
  } catch (error) {
    return error instanceof RefusedError ? 'refused' : 'crashed'
  }
}
