import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { LOG_CLIENT_ID, LOG_ROOT, SEGMENT_ENTRIES } from '../../shared/conversation/segment.ts'
import { BrokenLogError, LogDocument, decodeSegment } from './logDocument.ts'
import { bob, newEntry, stored } from './people.testing.ts'

const entries = Array.from({ length: SEGMENT_ENTRIES }, (_, index) => stored(newEntry(index), index + 1, bob))

/** The log as the server writes it: one client id, pushed in order. */
function serverDocument(count: number, values: readonly unknown[] = entries): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = LOG_CLIENT_ID
  if (count > 0) doc.getArray(LOG_ROOT).push(values.slice(0, count))
  return doc
}

test('a device that holds n entries asks for exactly the rest', () => {
  fc.assert(
    fc.property(fc.nat(SEGMENT_ENTRIES), fc.nat(SEGMENT_ENTRIES), (held, more) => {
      const total = Math.min(SEGMENT_ENTRIES, held + more)
      const document = new LogDocument(0, entries.slice(0, held))
      const update = Y.encodeStateAsUpdate(serverDocument(total), document.stateVector())
      expect(document.apply(update)).toEqual(entries.slice(held, total))
      expect(document.apply(update), 'the same again').toEqual([])
      expect(document.length).toBe(total)
    }),
    { numRuns: 30 },
  )
})

test('a whole segment survives being kept as bytes', () => {
  const document = new LogDocument(0, entries)
  expect(decodeSegment(0, document.encode())).toEqual(entries)
})

test('an update that leaves a gap, holds no entry, or stands in the wrong place is not taken', () => {
  const ahead = Y.encodeStateAsUpdate(serverDocument(10), Y.encodeStateVector(serverDocument(5)))
  expect(() => new LogDocument(0, []).apply(ahead)).toThrow(BrokenLogError)
  expect(() => new LogDocument(0, []).apply(Y.encodeStateAsUpdate(serverDocument(1, [{ text: 'hello' }])))).toThrow(BrokenLogError)
  expect(() => new LogDocument(1, []).apply(Y.encodeStateAsUpdate(serverDocument(1)))).toThrow(BrokenLogError)
})
