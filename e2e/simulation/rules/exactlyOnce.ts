// [A1] nothing acknowledged is lost · [A2] nothing is doubled · [A6] nothing is invented or altered · [E2] nothing is
// called stored that the server does not hold, and marks only go up · [E3] a screen shows every entry once.

import type { Happening, History, Shown, Violation } from '../history.ts'

export function exactlyOnce(history: History): Violation[] {
  return [
    ...acknowledgedIsDurable(history),
    ...acknowledgedIsKept(history),
    ...promisedIsKept(history),
    ...nothingDoubled(history),
    ...storedIsNotRefused(history),
    ...nothingInvented(history),
    ...marksOnlyGoUp(history),
  ]
}

/** Was it committed before anyone was told or shown? */
function acknowledgedIsDurable({ events }: History): Violation[] {
  const committed = new Map<string, number>()
  return events.flatMap((event, step): Violation[] => {
    if (event.type === 'committed') committed.set(event.id, event.seq)
    if (event.type === 'acknowledged' && committed.get(event.id) !== event.seq) {
      return [{ rule: 'A1', step, words: `${event.device} was told that ${event.id} is seq ${event.seq}; the database held ${place(committed.get(event.id))}` }]
    }
    if (event.type !== 'shown') return []
    return event.items
      .filter((item) => item.seq !== null && committed.get(item.id) !== item.seq)
      .map((item) => ({ rule: 'E2', step, words: `${event.device} showed ${item.id} as ${item.mark} with seq ${item.seq}; the database held ${place(committed.get(item.id))}` }))
  })
}

/** Is everything that was acknowledged in the log, at the place that was named? */
function acknowledgedIsKept({ events, rest }: History): Violation[] {
  const seqs = new Map(rest.logs.flatMap((log) => log.entries.map((entry) => [`${log.conversation} ${entry.id}`, entry.seq] as const)))
  return events.flatMap((event, step): Violation[] => {
    if (event.type !== 'acknowledged' && event.type !== 'committed') return []
    const seq = seqs.get(`${event.conversation} ${event.id}`)
    if (seq === event.seq) return []
    return [{ rule: 'A1', step, words: `${event.id} was ${event.type} as seq ${event.seq} of ${event.conversation}; at rest the log held ${place(seq)}` }]
  })
}

/** Is everything a device promised to keep stored, refused, thrown away by its author, or lost together with the store? */
function promisedIsKept({ events, rest }: History): Violation[] {
  const stored = new Set(rest.logs.flatMap((log) => log.entries.map((entry) => entry.id)))
  const waiting = new Set([...rest.replicas, ...rest.leftovers].flatMap((replica) => replica.items.map((item) => `${replica.device} ${item.id}`)))
  return events.flatMap((event, step): Violation[] => {
    if (event.type !== 'submitted' || stored.has(event.id) || waiting.has(`${event.device} ${event.id}`)) return []
    const released = events.slice(step).some((later) => releases(later, event))
    return released ? [] : [{ rule: 'E4', step, words: `${event.device} promised to keep ${event.id}; at rest nobody has it` }]
  })
}

function releases(later: Happening, submitted: Extract<Happening, { type: 'submitted' }>): boolean {
  if (later.type === 'forgot') return later.device === submitted.device
  return later.type === 'discarded' && later.id === submitted.id
}

/** Sent again after a lost answer, an entry gets the same answer, not a refusal for what has changed since. */
function storedIsNotRefused({ events }: History): Violation[] {
  const committed = new Map<string, number>()
  return events.flatMap((event, step): Violation[] => {
    if (event.type === 'committed') committed.set(event.id, event.seq)
    const seq = event.type === 'refused' ? committed.get(event.id) : undefined
    if (event.type !== 'refused' || event.retry || seq === undefined) return []
    return [{ rule: 'A2', step, words: `${event.device} was told ${event.code} for ${event.id}, which was seq ${seq} of ${event.conversation} by then` }]
  })
}

function nothingDoubled({ events, rest }: History): Violation[] {
  const shown = events.flatMap((event, step) =>
    event.type === 'shown' ? twice(event.items).map((id) => ({ rule: 'E3', step, words: `${event.device} showed ${id} twice at once` })) : [],
  )
  const logged = rest.logs.flatMap((log) => twice(log.entries).map((id) => ({ rule: 'A2', step: null, words: `${log.conversation} holds ${id} twice` })))
  return [...shown, ...logged]
}

/** Did the author it carries write it, here, with these words? */
function nothingInvented({ events, rest }: History): Violation[] {
  const typed = new Map<string, string>()
  const annotated = new Map<string, string>()
  for (const event of events) {
    if (event.type === 'typed') typed.set(event.text, said({ ...event, author: event.user }))
    if (event.type === 'annotated') annotated.set(event.text, said({ ...event, author: event.user, replyTo: null }))
  }
  function invented(entry: { id: string; author: string; text: string; replyTo: string | null }, conversation: string, by: string, step: number | null): Violation[] {
    // Reactions, pins, erasures and what they leave say nothing.
    if (entry.text === '') return []
    const claim = said({ ...entry, conversation })
    // A message that was edited says what was typed for the edit.
    if (annotated.get(entry.text) === said({ ...entry, conversation, replyTo: null })) return []
    if (typed.get(entry.text) === claim) return []
    return [{ rule: 'A6', step, words: `${by} has ${entry.id} as ${claim}; typed was ${typed.get(entry.text) ?? 'nothing like it'}` }]
  }
  return [
    ...rest.logs.flatMap((log) => log.entries.flatMap((entry) => invented(entry, log.conversation, 'the log', null))),
    ...events.flatMap((event, step) => (event.type === 'shown' ? event.items.flatMap((item) => invented(item, event.conversation, event.device, step)) : [])),
  ]
}

const LADDER = { refused: 0, pending: 0, stored: 1, delivered: 2, read: 3 } as const satisfies Record<Shown['mark'], number>

/**
 * Who joins later has not read what was read by all who were there, and where nobody else is left, nobody reads: for each
 * change of members a screen may take back the mark of an entry once, whenever it learns of the change.
 */
function marksOnlyGoUp({ events }: History): Violation[] {
  const held = new Map<string, { mark: Shown['mark']; falls: number }>()
  /** Changes of members since somebody first looked, by conversation. */
  const changes = new Map<string, number>()
  return events.flatMap((event, step): Violation[] => {
    if (event.type === 'forgot' || event.type === 'lost power') for (const key of held.keys()) if (key.startsWith(`${event.device} `)) held.delete(key)
    const known = event.type === 'membership' ? changes.get(event.conversation) : undefined
    if (event.type === 'membership' && known !== undefined) changes.set(event.conversation, known + 1)
    if (event.type !== 'shown') return []
    const allowed = changes.get(event.conversation) ?? 0
    changes.set(event.conversation, allowed)
    return event.items.flatMap((item): Violation[] => {
      const key = `${event.device} ${item.id}`
      const before = held.get(key)
      const falls = before !== undefined && LADDER[item.mark] < LADDER[before.mark]
      const fallen = (before?.falls ?? 0) + (falls ? 1 : 0)
      held.set(key, { mark: item.mark, falls: fallen })
      if (!falls || (item.seq !== null && fallen <= allowed)) return []
      return [{ rule: 'E2', step, words: `${event.device} took the mark of ${item.id} back from ${before.mark} to ${item.mark}` }]
    })
  })
}

/** By id, and by text: sent again under a new id it would be doubled all the same. */
function twice(items: readonly { id: string; text: string; kind?: string }[]): string[] {
  const ids = new Set<string>()
  const texts = new Set<string>()
  return items.filter((item) => ids.size === ids.add(item.id).size || (says(item) && texts.size === texts.add(item.text).size)).map(({ id }) => id)
}

/** What says nothing, or is drawn elsewhere, may say the same as others. */
function says({ text, kind }: { text: string; kind?: string }): boolean {
  return text !== '' && kind !== 'annotation'
}

function said(entry: { conversation: string; author: string; text: string; replyTo: string | null }): string {
  return `${entry.author} in ${entry.conversation}: ${entry.text}${entry.replyTo === null ? '' : ` (answers ${entry.replyTo})`}`
}

function place(seq: number | undefined): string {
  return seq === undefined ? 'nothing' : `seq ${seq}`
}
