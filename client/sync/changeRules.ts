// What the person changed on this device, laid over what the server said last. Pure: whatever the server says meanwhile, what
// waits here is shown, and nothing else is covered by it.

import type { ChangeProfile } from '../../shared/protocol/api.ts'
import type { OwnProfile, Person } from '../../shared/protocol/messages.ts'
import type { Change, PendingChange } from './records.ts'

/** What a change is about. Of each there is one, the last. */
export function keyOf(change: Change): string {
  switch (change.type) {
    case 'profile':
      return `profile/${Object.keys(change.change.privacy ?? change.change).join()}`
    case 'picture':
      return 'picture'
    case 'block':
      return `block/${change.user}`
    case 'follow':
      return `follow/${change.conversation}/${change.root}`
    case 'report':
      return `report/${change.id}`
    default:
      return change satisfies never
  }
}

/** One for each field: devices that changed different ones agree without a conflict. */
export function fieldsOf({ name, status, dnd, privacy = {} }: ChangeProfile): Change[] {
  const { presence, privateReceipts } = privacy
  const fields: ChangeProfile[] = [
    ...(name === undefined ? [] : [{ name }]),
    ...(status === undefined ? [] : [{ status }]),
    ...(dnd === undefined ? [] : [{ dnd }]),
    ...(presence === undefined ? [] : [{ privacy: { presence } }]),
    ...(privateReceipts === undefined ? [] : [{ privacy: { privateReceipts } }]),
  ]
  return fields.map((change) => ({ type: 'profile', change }))
}

/** In order of changing. The same object where nothing of it is changed. */
export function ownWith(own: OwnProfile, changes: readonly Change[]): OwnProfile {
  return changes.reduce<OwnProfile>(ownAfter, own)
}

export function personWith(person: Person, changes: readonly Change[]): Person {
  return changes.reduce<Person>(personAfter, person)
}

/** The later one: by its number, and by its id where two tabs took the same. */
export function isNewer(a: PendingChange, b: PendingChange): boolean {
  return a.order > b.order || (a.order === b.order && a.id > b.id)
}

function ownAfter(own: OwnProfile, change: Change): OwnProfile {
  if (change.type === 'block') return { ...own, blocked: [...own.blocked.filter((user) => user !== change.user), ...(change.on ? [change.user] : [])] }
  const person = personAfter(own.person, change)
  const privacy = change.type === 'profile' ? change.change.privacy : undefined
  if (privacy !== undefined) return { ...own, privacy: { presence: privacy.presence ?? own.privacy.presence, privateReceipts: privacy.privateReceipts ?? own.privacy.privateReceipts } }
  return person === own.person ? own : { ...own, person }
}

function personAfter(person: Person, change: Change): Person {
  if (change.type === 'picture') return { ...person, picture: change.picture?.id }
  if (change.type !== 'profile') return person
  const { name, status, dnd } = change.change
  if (name !== undefined) return { ...person, name }
  if (status !== undefined) return { ...person, status: status ?? undefined }
  return dnd === undefined ? person : { ...person, dnd: dnd ?? undefined }
}
