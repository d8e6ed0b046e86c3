// [A4] seq is gapless · [A7] a reply stands after its parent · [L1] everyone sees one order, and it never flips.

import type { History, Violation } from '../history.ts'

export function oneOrder(history: History): Violation[] {
  return [...gapless(history), ...neverFlips(history), ...indexIsPlace(history), ...repliesFollow(history)]
}

function gapless({ rest }: History): Violation[] {
  return rest.logs.flatMap((log) => {
    const gap = log.entries.findIndex((entry, index) => entry.seq !== index + 1)
    return gap < 0 ? [] : [{ rule: 'A4', step: null, words: `${log.conversation} has seq ${log.entries[gap]?.seq} in place ${gap + 1}` }]
  })
}

/** What stood at a seq once, on any screen or in any answer, stands there for ever and for everyone. */
function neverFlips({ events, rest }: History): Violation[] {
  const known = new Map<string, { id: string; by: string }>()
  function meet(conversation: string, seq: number, id: string, by: string, step: number | null): Violation[] {
    const key = `${conversation} ${seq}`
    const before = known.get(key)
    if (before === undefined) known.set(key, { id, by })
    if (before === undefined || before.id === id) return []
    return [{ rule: 'L1', step, words: `seq ${seq} of ${conversation} was ${before.id} for ${before.by} and ${id} for ${by}` }]
  }
  const seen = events.flatMap((event, step): Violation[] => {
    if (event.type === 'committed') return meet(event.conversation, event.seq, event.id, 'the database', step)
    if (event.type === 'acknowledged') return meet(event.conversation, event.seq, event.id, `the answer to ${event.device}`, step)
    if (event.type !== 'shown') return []
    return event.items.flatMap((item) => (item.seq === null ? [] : meet(event.conversation, item.seq, item.id, event.device, step)))
  })
  const final = rest.logs.flatMap((log) => log.entries.flatMap((entry) => meet(log.conversation, entry.seq, entry.id, 'the log at rest', null)))
  return [...seen, ...final]
}

/** The log comes first, each entry in the place its seq names; what waits in the outbox comes after it. */
function indexIsPlace({ events }: History): Violation[] {
  return events.flatMap((event, step) => {
    if (event.type !== 'shown') return []
    const head = Math.max(0, ...event.items.map((item) => item.seq ?? 0))
    return event.items
      .filter((item) => (item.seq === null ? item.index < head : item.index !== item.seq - 1))
      .map((item) => ({ rule: 'L1', step, words: `${event.device} showed ${item.id} (${item.seq === null ? item.mark : `seq ${item.seq}`}) in place ${item.index + 1} of ${event.conversation}, head ${head}` }))
  })
}

function repliesFollow({ rest, events }: History): Violation[] {
  const lists = [
    ...rest.logs.map((log) => ({ where: log.conversation, step: null, items: log.entries, complete: true })),
    ...events.flatMap((event, step) => (event.type === 'shown' ? [{ where: event.device, step, items: event.items, complete: false }] : [])),
  ]
  return lists.flatMap(({ where, step, items, complete }) => {
    // An own entry that still waits here although it is stored (its answer was lost) has no place in the log yet, on this screen.
    const places = new Map(items.flatMap((item, place) => (item.seq === null ? [] : [[item.id, place] as const])))
    return items.flatMap((item, place): Violation[] => {
      if (item.replyTo === null || item.seq === null) return []
      const parent = places.get(item.replyTo)
      // A screen holds the end of the log; the parent may lie before what is loaded.
      const follows = parent === undefined ? !complete : parent < place
      return follows ? [] : [{ rule: 'A7', step, words: `${where} has the reply ${item.id} ${parent === undefined ? 'without' : 'before'} its parent ${item.replyTo}` }]
    })
  })
}
