import * as fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Entry } from '../../shared/conversation/entry.ts'
import { LOG_CLIENT_ID, LOG_ROOT, SEGMENT_ENTRIES } from '../../shared/conversation/segment.ts'
import type { Seq } from '../../shared/ids.ts'
import { ConversationId, DeviceId, UserId } from '../../shared/ids.ts'
import { entry } from '../gateway/stage.ts'
import { createLogger } from '../logger.ts'
import { encodeEntries, pushEntries } from './logDocument.ts'
import { LogDocuments } from './logDocuments.ts'

const lunch = ConversationId.parse(uuidv7())
const authors = [UserId.parse(uuidv7()), UserId.parse(uuidv7())]
const device = DeviceId.parse(uuidv7())

describe('a log document is the same to the byte', () => {
  it('whatever the batches, and however often a node began again', async () => {
    await fc.assert(
      fc.asyncProperty(history(), fc.array(fc.nat(40)), fc.array(fc.nat(40)), fc.nat(), async (entries, batches, restarts, since) => {
        const node = await replicate(entries, batches, restarts)
        const other = new Y.Doc()
        Y.applyUpdate(other, encodeEntries(entries))
        expect(Y.encodeStateAsUpdate(node)).toEqual(encodeEntries(entries))

        // From any state vector, too: what a device that holds `since` entries is sent.
        const held = new Y.Doc()
        Y.applyUpdate(held, encodeEntries(entries.slice(0, since % (entries.length + 1))))
        const missing = Y.encodeStateAsUpdate(node, Y.encodeStateVector(held))
        expect(missing).toEqual(Y.encodeStateAsUpdate(other, Y.encodeStateVector(held)))
        Y.applyUpdate(held, missing)
        expect(held.getArray(LOG_ROOT).toJSON()).toEqual(entries)
      }),
    )
  })

  it('whether the entries come from frames or from rows', () => {
    const [first] = numbered([entry('one', { body: { text: 'one', style: 'action' } })])
    const { id, seq, author, at } = first!
    // Keys in another order, and the zero that JSON can say and a database cannot keep.
    const fromFrame: Entry = { body: { style: 'action', text: 'one' }, kind: 'message', at: -0, author, device, seq, id }
    expect(encodeEntries([fromFrame])).toEqual(encodeEntries([{ ...first!, at: 0 }]))
    expect(at).toBeGreaterThan(0)
  })

  it('also when it begins as an update: Yjs then takes another client id', () => {
    const entries = numbered([entry('one'), entry('two'), entry('three')])
    const doc = new Y.Doc()
    doc.clientID = LOG_CLIENT_ID
    Y.applyUpdate(doc, encodeEntries(entries.slice(0, 1)))
    pushEntries(doc, entries.slice(1), null)
    expect(Y.encodeStateAsUpdate(doc)).toEqual(encodeEntries(entries))
  })
})

describe('commits made while a document loads', () => {
  it('are in it once, in order, whichever of them the rows already hold', async () => {
    await fc.assert(
      fc.asyncProperty(history(60), fc.nat(60), fc.nat(60), async (entries, a, b) => {
        const [before, read] = [Math.min(a, b), Math.max(a, b)].map((n) => Math.min(n, entries.length)) as [number, number]
        const disk = Promise.withResolvers<Entry[]>()
        const logs = new LogDocuments({ read: () => disk.promise }, null, createLogger('silent'))
        const doc = new Y.Doc()
        const opening = logs.open(doc, { conversation: lunch, segment: 0, generation: 0 })
        for (const one of entries.slice(before)) logs.advance(lunch, [one])
        disk.resolve(entries.slice(0, read))
        await opening
        expect(Y.encodeStateAsUpdate(doc)).toEqual(encodeEntries(entries))
      }),
    )
  })

  it('a load that fails leaves nothing behind', async () => {
    const entries = numbered([entry('one')])
    let broken = true
    const logs = new LogDocuments(
      rowsOf(() => {
        if (broken) throw new Error('disk I/O error')
        return entries
      }),
      null,
      createLogger('silent'),
    )
    const doc = new Y.Doc()
    await expect(logs.open(doc, { conversation: lunch, segment: 0, generation: 0 })).rejects.toThrow('disk I/O error')
    logs.advance(lunch, entries)
    expect(doc.getArray(LOG_ROOT).length).toBe(0)
    broken = false
    const again = new Y.Doc()
    await logs.open(again, { conversation: lunch, segment: 0, generation: 0 })
    expect(Y.encodeStateAsUpdate(again)).toEqual(encodeEntries(entries))
  })
})

it('a commit that reaches into the next segment goes into both documents', async () => {
  const entries = numbered(Array.from({ length: SEGMENT_ENTRIES + 3 }, (_, i) => entry(`${i}`)))
  const logs = new LogDocuments(rowsOf(() => []), null, createLogger('silent'))
  const [first, second] = [new Y.Doc(), new Y.Doc()]
  await logs.open(first, { conversation: lunch, segment: 0, generation: 0 })
  await logs.open(second, { conversation: lunch, segment: 1, generation: 0 })
  logs.advance(lunch, entries)
  expect(Y.encodeStateAsUpdate(first)).toEqual(encodeEntries(entries.slice(0, SEGMENT_ENTRIES)))
  expect(Y.encodeStateAsUpdate(second)).toEqual(encodeEntries(entries.slice(SEGMENT_ENTRIES)))
})

it('entries that another node committed in between are read from the rows', async () => {
  const entries = numbered(Array.from({ length: 9 }, (_, i) => entry(`${i}`)))
  const reads = Promise.withResolvers<void>()
  let rows: Entry[] = []
  const logs = new LogDocuments(
    rowsOf(() => {
      if (rows.length > 0) reads.resolve()
      return rows
    }),
    null,
    createLogger('silent'),
  )
  const doc = new Y.Doc()
  await logs.open(doc, { conversation: lunch, segment: 0, generation: 0 })
  rows = entries.slice(0, 7)
  logs.advance(lunch, entries.slice(6, 7))
  logs.advance(lunch, entries.slice(7, 9))
  await reads.promise
  await Promise.resolve()
  expect(doc.getArray(LOG_ROOT).toJSON()).toEqual(entries)
})

describe('in a crowd', () => {
  it('what is committed shortly after a push waits for the next one, and is pushed as one', async () => {
    const entries = numbered(Array.from({ length: 40 }, (_, i) => entry(`${i}`)))
    const { doc, logs, lengths, elapse } = await crowd(500)
    for (const one of entries) logs.advance(lunch, [one])
    elapse()
    expect(lengths).toEqual([1, entries.length])
    expect(Y.encodeStateAsUpdate(doc)).toEqual(encodeEntries(entries))
  })

  it('after a quiet moment, and among few, nothing waits', async () => {
    const entries = numbered([entry('one'), entry('two'), entry('three')])
    const many = await crowd(500)
    const few = await crowd(10)
    for (const one of entries) {
      many.logs.advance(lunch, [one])
      many.elapse()
      few.logs.advance(lunch, [one])
    }
    expect(many.lengths).toEqual([1, 2, 3])
    expect(few.lengths).toEqual([1, 2, 3])
  })
})

/** A document with many readers. `lengths`: how long it was after each push. */
async function crowd(readers: number) {
  let now = 0
  let due = ignore
  const pace = {
    now: () => now,
    after: (_: number, then: () => void) => {
      due = then
      return ignore
    },
  }
  const logs = new LogDocuments(rowsOf(() => []), null, createLogger('silent'), pace)
  const doc = new Y.Doc()
  await logs.open(doc, { conversation: lunch, segment: 0, generation: 0 }, () => readers)
  const lengths: number[] = []
  doc.on('update', () => lengths.push(doc.getArray(LOG_ROOT).length))
  const elapse = () => {
    now += 1_000
    due()
    due = ignore
  }
  return { doc, logs, lengths, elapse }
}

function ignore(): void {
  // Nothing is due.
}

/** A node that got the entries in these batches and lost its memory at these points. */
async function replicate(entries: readonly Entry[], batches: readonly number[], restarts: readonly number[]): Promise<Y.Doc> {
  let committed = 0
  const open = async () => {
    const logs = new LogDocuments(rowsOf(() => entries.slice(0, committed)), null, createLogger('silent'))
    const doc = new Y.Doc()
    await logs.open(doc, { conversation: lunch, segment: 0, generation: 0 })
    return { logs, doc }
  }
  let node = await open()
  for (const size of [...batches, entries.length]) {
    const batch = entries.slice(committed, committed + size)
    committed += batch.length
    node.logs.advance(lunch, batch)
    if (restarts.includes(committed)) node = await open()
  }
  return node.doc
}

function rowsOf(rows: () => readonly Entry[]) {
  return { read: async (_: ConversationId, first: Seq, last: Seq) => rows().filter(({ seq }) => seq >= first && seq <= last) }
}

function history(max = 200) {
  const body = fc.record(
    { text: fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.isWellFormed()), style: fc.constant('action' as const), replyTo: fc.constant(entry('').id) },
    { requiredKeys: ['text'] },
  )
  return fc.array(fc.record({ at: fc.nat(), body }), { maxLength: max }).map((list) => numbered(list.map(({ at, body: content }) => entry('', { at, body: { ...content } }))))
}

function numbered(list: ReturnType<typeof entry>[]): Entry[] {
  return list.map(({ id, at, kind, body }, index) => {
    // Positions from 1 are seqs, and there are two authors.
    const seq = (index + 1) as Seq
    return { id, seq, author: authors[index % 2]!, device, at, kind, body }
  })
}
