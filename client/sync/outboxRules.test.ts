import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EntryId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import { APPEND_MAX_ENTRIES, FRAME_MAX_BYTES } from '../../shared/limits.ts'
import { refusal } from '../../shared/protocol/refusal.ts'
import { REFUSAL_REASONS } from '../../shared/protocol/refusalReasons.ts'
import { UNSENT_HERE } from './actions.ts'
import { nextBatch, PARENT_REFUSED, settle } from './outboxRules.ts'
import { alice, entryId, lunch, newEntry } from './people.testing.ts'
import type { OutboxRecord } from './records.ts'

const refused: OutboxRecord['state'] = { state: 'refused', refusal: refusal('malformed', 'No.') }

function record(order: number, { replyTo, text, state = { state: 'pending' } }: { replyTo?: EntryId; text?: string; state?: OutboxRecord['state'] } = {}): OutboxRecord {
  return { conversation: lunch, author: alice, order, entry: newEntry(order, replyTo, text), state }
}

/** In the thread of the first entry. */
function reply(order: number, replyTo?: number): OutboxRecord {
  const body = { of: entryId(1), text: 'in the thread', ...(replyTo === undefined ? {} : { replyTo: entryId(replyTo) }) }
  return { conversation: lunch, author: alice, order, entry: { id: entryId(order), at: 1_000 + order, kind: 'reply', body }, state: { state: 'pending' } }
}

test('[W4] what a device refuses by itself has the words of its reason', () => {
  expect(PARENT_REFUSED).toMatchObject({ ...REFUSAL_REASONS['about-unsent'], reason: 'about-unsent' })
  expect(UNSENT_HERE).toMatchObject({ ...REFUSAL_REASONS['unsent-here'], reason: 'unsent-here' })
})

test('a batch is the oldest pending entries in order, as many as one request may carry', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 8_000 }), { maxLength: 300 }), (lengths) => {
      const records = lengths.map((length, index) => record(index, { text: '☃'.repeat(length) }))
      const { send } = nextBatch(records)
      expect(send).toEqual(records.slice(0, send.length))
      expect(send.length).toBeLessThanOrEqual(APPEND_MAX_ENTRIES)
      const frame = new TextEncoder().encode(JSON.stringify({ type: 'append', ref: 1_000_000, conversation: lunch, entries: send.map(({ entry }) => entry) }))
      expect(frame.byteLength).toBeLessThanOrEqual(FRAME_MAX_BYTES)
      // One entry always goes, or nothing ever would.
      expect(send.length > 0).toBe(records.length > 0)
    }),
  )
})

test('a reply to a pending parent goes with it; one to a refused parent is refused here, and so is a reply to that', () => {
  const { send, refuse } = nextBatch([
    record(1),
    record(2, { replyTo: entryId(1) }),
    record(3, { state: refused }),
    record(4, { replyTo: entryId(3) }),
    record(5, { replyTo: entryId(4) }),
    record(6),
  ])
  expect(send.map(({ order }) => order)).toEqual([1, 2, 6])
  expect(refuse).toMatchObject([
    { order: 4, state: { state: 'refused', refusal: { code: 'reply-unknown', retry: false } } },
    { order: 5, state: { state: 'refused' } },
  ])
})

test('a reply in a thread has two parents: its message, and what it quotes', () => {
  const { send, refuse } = nextBatch([record(1), { ...reply(2), state: refused }, reply(3, 2), reply(4, 3), reply(5, 1), reply(6)])
  expect(send.map(({ order }) => order)).toEqual([1, 5, 6])
  expect(refuse.map(({ order }) => order)).toEqual([3, 4])
})

test('what is stored or refused is not sent again', () => {
  expect(nextBatch([record(1, { state: { state: 'stored', seq: Seq.parse(1) } }), record(2, { state: refused })])).toEqual({ send: [], refuse: [] })
})

test('each result settles its own entry; one that may be tried again stays pending, and says when', () => {
  const records = [record(1), record(2), record(3)]
  const { changed, retryAfter } = settle(records, [
    { id: entryId(1), seq: Seq.parse(7) },
    { id: entryId(2), refusal: refusal('malformed', 'No.') },
    { id: entryId(3), refusal: refusal('rate-limited', 'Slowly.', 500) },
    { id: entryId(9), seq: Seq.parse(8) },
  ])
  expect(changed).toMatchObject([
    { order: 1, state: { state: 'stored', seq: 7 } },
    { order: 2, state: { state: 'refused' } },
  ])
  expect(retryAfter).toBe(500)
})

test('a late answer does not turn a stored entry into a refused one', () => {
  const records = [record(1, { state: { state: 'stored', seq: Seq.parse(7) } })]
  expect(settle(records, [{ id: entryId(1), refusal: refusal('malformed', 'No.') }]).changed).toEqual([])
})
