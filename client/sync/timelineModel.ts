// Where everything stands in a list that is the log and then what waits in the outbox. Pure: the property tests of the
// timeline are about this file.
//
//   index      0 … head−1                         head …
//   holds      the log, seq = index + 1           pending and refused entries, in order of writing
//
// An entry that the server stored but that this device does not hold in its log yet stands at its place in the log
// already, so it neither vanishes between acknowledgement and replication nor moves afterwards.

import type { Entry } from '../../shared/conversation/entry.ts'
import type { ConversationId, EntryId } from '../../shared/ids.ts'
import type { OutboxRecord } from './records.ts'

export type Position = { from: 'log'; entry: Entry } | { from: 'outbox'; record: OutboxRecord }

export type TimelineModel = {
  head: number
  length: number
  at(index: number): Position | undefined
  indexOf(id: EntryId): number | null
}

export function timelineModel(log: LogInMemory, outbox: readonly OutboxRecord[]): TimelineModel {
  const stored = new Map<number, OutboxRecord>()
  const waiting: OutboxRecord[] = []
  let { head } = log
  for (const record of outbox) {
    // Replicated already: the log is what is shown.
    if (log.seqOf(record.entry.id) !== undefined) continue
    if (record.state.state !== 'stored') {
      // An annotation shows at its message.
      if (record.entry.kind === 'message') waiting.push(record)
      continue
    }
    stored.set(record.state.seq, record)
    head = Math.max(head, record.state.seq)
  }
  return {
    head,
    length: head + waiting.length,
    at(index) {
      if (index >= head) return fromOutbox(waiting[index - head])
      const entry = log.at(index + 1)
      return entry === undefined ? fromOutbox(stored.get(index + 1)) : { from: 'log', entry }
    },
    indexOf(id) {
      const seq = log.seqOf(id) ?? [...stored].find(([, record]) => record.entry.id === id)?.[0]
      if (seq !== undefined) return seq - 1
      const place = waiting.findIndex((record) => record.entry.id === id)
      return place === -1 ? null : head + place
    },
  }
}

function fromOutbox(record: OutboxRecord | undefined): Position | undefined {
  return record === undefined ? undefined : { from: 'outbox', record }
}

/** What `Log` offers of it. */
export type LogInMemory = {
  readonly conversation: ConversationId
  readonly head: number
  at(seq: number): Entry | undefined
  seqOf(id: EntryId): number | undefined
}
