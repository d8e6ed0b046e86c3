// When faults have ceased and everything was sent: [L1] all replicas are equal · [E4] no outbox waits · [E9] what is left
// in one is refused and says why · [R1] receipts agree · a person's devices agree on drafts.

import type { History, Logged, Register, Replica, Rest, Shown, Violation } from '../history.ts'

export function atRest({ rest }: History): Violation[] {
  return [
    ...rest.logs.flatMap((log) => rest.replicas.filter(({ conversation }) => conversation === log.conversation).flatMap((replica) => sameAsLog(replica, log))),
    ...everyMemberHasIt(rest),
    ...outboxesEmpty(rest),
    ...refusedHasReason(rest),
    ...removedKeepsNothing(rest),
    ...draftsAgree(rest),
    ...hiddenAgrees(rest),
  ].map((violation) => ({ ...violation, step: null }))
}

function sameAsLog(replica: Replica, log: { entries: readonly Logged[]; receipts: readonly Register[] }): Omit<Violation, 'step'>[] {
  const where = `${replica.device} in ${replica.conversation}`
  const stored = replica.items.filter((item) => item.seq !== null)
  const differs = log.entries.findIndex((entry, index) => stored[index]?.id !== entry.id || (entry.annotated === undefined && !DRAWN_ELSEWHERE.has(entry.kind ?? 'message') && !drawsNothing(stored[index]) && stored[index]?.text !== entry.text))
  const violations: Omit<Violation, 'step'>[] = []
  if (stored.length !== log.entries.length) violations.push({ rule: 'L1', words: `${where} holds ${stored.length} entries, the log ${log.entries.length}` })
  else if (differs >= 0) violations.push({ rule: 'L1', words: `${where} holds ${stored[differs]?.id} in place ${differs + 1}, the log ${log.entries[differs]?.id}` })
  if (replica.listed !== log.entries.length) violations.push({ rule: 'E8', words: `${where} is listed with head ${replica.listed}, the log has ${log.entries.length}` })
  for (const receipt of log.receipts) {
    const held = replica.receipts.find(({ user }) => user === receipt.user)
    if (held?.read === receipt.read && held.delivered === receipt.delivered) continue
    violations.push({ rule: 'R1', words: `${where} holds ${JSON.stringify(held ?? null)}, the database ${JSON.stringify(receipt)}` })
  }
  return violations
}

/** What they come to is judged by rules/annotations.ts. */
const DRAWN_ELSEWHERE: ReadonlySet<string> = new Set(['edit', 'reaction', 'pin', 'erase', 'reply', 'erased'])

/** Deleted for themselves. */
function drawsNothing(item: Shown | undefined): boolean {
  return item?.kind === 'annotation'
}

/** A replica for every member's device, and none for anybody else's. */
function everyMemberHasIt({ logs, replicas, outboxes }: Rest): Omit<Violation, 'step'>[] {
  const has = new Set(replicas.map(({ device, conversation }) => `${device} ${conversation}`))
  return logs.flatMap((log) =>
    outboxes.flatMap(({ device }) => {
      const [user = ''] = device.split('/')
      const member = log.members.includes(user)
      if (member === has.has(`${device} ${log.conversation}`)) return []
      return [member ? { rule: 'E8', words: `${device} lacks ${log.conversation}` } : { rule: 'E9', words: `${device} still holds ${log.conversation}` }]
    }),
  )
}

function outboxesEmpty({ outboxes }: Rest): Omit<Violation, 'step'>[] {
  return outboxes.filter(({ pending }) => pending > 0).map(({ device, pending }) => ({ rule: 'E4', words: `${device} still has ${pending} to send` }))
}

function refusedHasReason({ replicas, leftovers }: Rest): Omit<Violation, 'step'>[] {
  return [...replicas, ...leftovers].flatMap(({ device, items, reasons }) =>
    items
      .filter((item) => item.mark === 'refused' && (reasons[item.id] ?? '') === '')
      .map((item) => ({ rule: 'E9', words: `${device} shows ${item.id} as refused and does not say why` })),
  )
}

function removedKeepsNothing({ leftovers }: Rest): Omit<Violation, 'step'>[] {
  return leftovers.flatMap(({ device, user, conversation, items }) =>
    items
      .filter((item) => item.seq !== null || item.author !== user)
      .map((item) => ({ rule: 'E9', words: `${device} still shows ${item.id} by ${item.author} in ${conversation}, which ${user} has left` })),
  )
}

function draftsAgree({ replicas }: Rest): Omit<Violation, 'step'>[] {
  const first = new Map<string, Replica>()
  return replicas.flatMap((replica) => {
    const key = `${replica.user} ${replica.conversation}`
    const other = first.get(key)
    if (other === undefined) first.set(key, replica)
    if (other === undefined || other.draft === replica.draft) return []
    return [{ rule: 'R7', words: `${other.device} has the draft “${other.draft}” in ${replica.conversation}, ${replica.device} “${replica.draft}”` }]
  })
}

/** What somebody deleted for themselves is gone from all their screens. */
function hiddenAgrees({ replicas, logs }: Rest): Omit<Violation, 'step'>[] {
  const messages = new Set(logs.flatMap(({ entries }) => entries.filter(({ kind = 'message' }) => kind === 'message' || kind === 'erased').map(({ id }) => id)))
  const first = new Map<string, { device: string; hidden: string }>()
  return replicas.flatMap((replica) => {
    const key = `${replica.user} ${replica.conversation}`
    const hidden = (replica.hidden ?? []).filter((id) => messages.has(id)).join(' ')
    const other = first.get(key)
    if (other === undefined) first.set(key, { device: replica.device, hidden })
    if (other === undefined || other.hidden === hidden) return []
    return [{ rule: 'R7', words: `${other.device} hides “${other.hidden}” in ${replica.conversation}, ${replica.device} “${hidden}”` }]
  })
}
