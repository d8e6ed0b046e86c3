// [A5] only members append · [A13] what was refused reaches no other device · [L8] a removed member gets nothing later.

import type { History, Violation } from '../history.ts'

export function secrecy(history: History): Violation[] {
  return [...onlyMembersAppend(history), ...refusedStaysHome(history), ...removedGetsNothing(history)]
}

function onlyMembersAppend({ events }: History): Violation[] {
  const members = new Set<string>()
  const forged = new Set<string>()
  return events.flatMap((event, step): Violation[] => {
    if (event.type === 'membership') setMember(members, event)
    if (event.type === 'forged') forged.add(event.id)
    if (event.type !== 'committed') return []
    if (forged.has(event.id)) return [{ rule: 'A6', step, words: `the forged entry ${event.id} was committed` }]
    if (members.has(`${event.conversation} ${event.author}`)) return []
    return [{ rule: 'A5', step, words: `${event.author} is no member of ${event.conversation}, yet ${event.id} was committed as seq ${event.seq}` }]
  })
}

/** Until an entry is committed, nobody but the device that wrote it has seen anything of it. */
function refusedStaysHome({ events }: History): Violation[] {
  const home = new Map<string, string>()
  const committed = new Set<string>()
  return events.flatMap((event, step): Violation[] => {
    if (event.type === 'submitted') home.set(event.id, event.device)
    if (event.type === 'forged') home.set(event.id, event.user)
    if (event.type === 'committed') committed.add(event.id)
    if (event.type !== 'shown' && event.type !== 'carried') return []
    const ids = event.type === 'shown' ? event.items.map(({ id }) => id) : event.ids
    return ids
      .filter((id) => home.has(id) && !committed.has(id) && home.get(id) !== event.device)
      .map((id) => ({ rule: 'A13', step, words: `${event.device} got ${id} of ${home.get(id)}, which was not committed` }))
  })
}

/** Neither on the wire nor on a screen: nothing numbered after the removal, until the person is a member again. */
function removedGetsNothing({ events }: History): Violation[] {
  const removedAt = new Map<string, number>()
  const place = new Map<string, { conversation: string; seq: number }>()
  return events.flatMap((event, step): Violation[] => {
    if (event.type === 'committed') place.set(event.id, event)
    if (event.type === 'membership') {
      if (event.member) removedAt.delete(`${event.conversation} ${event.user}`)
      else removedAt.set(`${event.conversation} ${event.user}`, event.head)
    }
    if (event.type !== 'shown' && event.type !== 'carried') return []
    const ids = event.type === 'shown' ? event.items.map(({ id }) => id) : event.ids
    return ids.flatMap((id): Violation[] => {
      const at = place.get(id)
      const limit = at === undefined ? undefined : removedAt.get(`${at.conversation} ${event.user}`)
      if (at === undefined || limit === undefined || at.seq <= limit) return []
      return [{ rule: 'L8', step, words: `${event.device} got ${id}, seq ${at.seq} of ${at.conversation}; ${event.user} was removed at ${limit}` }]
    })
  })
}

function setMember(members: Set<string>, event: { conversation: string; user: string; member: boolean }): void {
  const key = `${event.conversation} ${event.user}`
  if (event.member) members.add(key)
  else members.delete(key)
}
