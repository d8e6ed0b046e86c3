// [R1] a receipt only grows, and no receipt that a device promised to keep is lost · [R2] nobody's register is higher
// than that person ever said · [R5] badges are zero after reading everything.

import type { History, Violation } from '../history.ts'

export function readMarks(history: History): Violation[] {
  return [...neverBack(history), ...neverInvented(history), ...neverLost(history), ...badgesZero(history)]
}

function neverBack({ events }: History): Violation[] {
  const highest = new Map<string, { delivered: number; read: number }>()
  return events.flatMap((event, step): Violation[] => {
    if (event.type === 'forgot' || event.type === 'lost power') for (const key of highest.keys()) if (key.startsWith(`${event.device} `)) highest.delete(key)
    if (event.type !== 'register') return []
    const key = `${event.device} ${event.conversation} ${event.user}`
    const before = highest.get(key) ?? { delivered: 0, read: 0 }
    highest.set(key, { delivered: Math.max(before.delivered, event.delivered), read: Math.max(before.read, event.read) })
    if (event.delivered >= before.delivered && event.read >= before.read) return []
    return [{ rule: 'R1', step, words: `${event.device} showed ${event.user} in ${event.conversation} at ${JSON.stringify(before)}, then at delivered ${event.delivered}, read ${event.read}` }]
  })
}

/** Writing is reading: an own entry raises the own mark at most to itself. */
function neverInvented({ events, rest }: History): Violation[] {
  const said = new Map<string, number>()
  const raise = (key: string, to: number): Map<string, number> => said.set(key, Math.max(said.get(key) ?? 0, to))
  const shown = events.flatMap((event, step): Violation[] => {
    // Who joins has what was said before behind them.
    if (event.type === 'membership' && event.member) raise(`${event.conversation} ${event.user}`, event.head)
    if (event.type === 'meant') raise(`${event.conversation} ${event.user}`, event.read)
    if (event.type === 'committed') raise(`${event.conversation} ${event.author}`, event.seq)
    if (event.type !== 'register') return []
    const most = said.get(`${event.conversation} ${event.user}`) ?? 0
    if (event.read <= most && event.read <= event.delivered) return []
    return [{ rule: 'R2', step, words: `${event.device} showed ${event.user} in ${event.conversation} at read ${event.read}, delivered ${event.delivered}; ${event.user} had read to ${most}` }]
  })
  const final = rest.logs.flatMap((log) =>
    log.receipts
      .filter((receipt) => receipt.read > log.entries.length || receipt.delivered > log.entries.length || receipt.read > (said.get(`${log.conversation} ${receipt.user}`) ?? 0))
      .map((receipt) => ({ rule: 'R2', step: null, words: `${log.conversation} holds ${JSON.stringify(receipt)}; head is ${log.entries.length}` })),
  )
  return [...shown, ...final]
}

/** What one device said and did not forget, the database knows at rest. */
function neverLost({ events, rest }: History): Violation[] {
  return events.flatMap((event, step): Violation[] => {
    if (event.type !== 'asserted') return []
    const log = rest.logs.find(({ conversation }) => conversation === event.conversation)
    const releases = events.slice(step).some(
      (later) =>
        (later.type === 'forgot' && later.device === event.device) ||
        (later.type === 'membership' && later.user === event.user && later.conversation === event.conversation),
    )
    if (log === undefined || releases || !log.members.includes(event.user)) return []
    const kept = log.receipts.find(({ user }) => user === event.user)?.read ?? 0
    if (kept >= event.read) return []
    return [{ rule: 'R1', step, words: `${event.device} read ${event.conversation} to ${event.read}; at rest the database held ${kept}` }]
  })
}

function badgesZero({ rest }: History): Violation[] {
  return rest.replicas
    .filter(({ unread, badge }) => unread !== 0 || badge !== 0)
    .map(({ device, conversation, unread, badge }) => ({ rule: 'R5', step: null, words: `${device} shows ${unread} unread in ${conversation} and ${badge} in the list after everything was read` }))
}
