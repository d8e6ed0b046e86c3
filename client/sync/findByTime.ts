// Finds an entry by its id in a long log without an index: ids carry the time of writing (UUIDv7) and the log is nearly
// in that order, so a binary search over segments comes close, and the neighbours are looked at. An entry that was
// written offline for long, or imported with a foreign id, may not be found; then nobody knows where it stands.

import { isAnnotation } from '../../shared/conversation/entry.ts'
import { rangeOf, SEGMENT_ENTRIES, segmentOf } from '../../shared/conversation/segment.ts'
import type { EntryId, Seq } from '../../shared/ids.ts'
import type { Log } from './log.ts'

export async function findByTime(id: EntryId, log: Log): Promise<Seq | null> {
  const low = await segmentAt(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16), log)
  if (low === null) return null
  // The author may have written it before others who were stored earlier: it stands here or a little later.
  for (const segment of [low, low + 1, low - 1]) {
    if (segment < 0 || segment > segmentOf(log.head)) continue
    await log.load(segment * SEGMENT_ENTRIES + 1, (segment + 1) * SEGMENT_ENTRIES)
    const seq = log.seqOf(id)
    if (seq !== undefined) return seq
  }
  return null
}

/** The first entry with something to show at its place that was written at `at` or later; null: nothing was, or this device cannot say. */
export async function findFrom(at: number, log: Log): Promise<Seq | null> {
  const from = await segmentAt(at, log)
  if (from === null) return null
  // Mostly it is in this segment, or the first of the next one; of some days there is nothing but reactions and replies.
  for (let segment = from; segment <= segmentOf(log.head); segment += 1) {
    const { first, last } = rangeOf(segment)
    await log.load(first, last)
    for (let seq: number = first; seq <= Math.min(last, log.head); seq += 1) {
      const entry = log.at(seq)
      if (entry !== undefined && entry.at >= at && !isAnnotation(entry)) return entry.seq
    }
  }
  return null
}

/** The last segment whose first entry is not later; null: one of them cannot be had now. */
async function segmentAt(at: number, log: Log): Promise<number | null> {
  let low = 0
  let high = segmentOf(log.head)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const first = await firstOf(middle, log)
    if (first === undefined) return null
    if (first.at <= at) low = middle
    else high = middle - 1
  }
  return low
}

async function firstOf(segment: number, log: Log) {
  const seq = segment * SEGMENT_ENTRIES + 1
  await log.load(seq, seq)
  return log.at(seq)
}
