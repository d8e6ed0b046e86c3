// What a preview page shows: `/preview.html?scene=<name>`, with the conversation chosen by its place in the list.

import type { RegistrationMode } from '../../../shared/protocol/administration.ts'
import { fieldsOf } from '../../sync/changeRules.ts'
import type { AccountState, Change, ConnectionState } from '../../sync/engine.ts'
import { DEVICE, people, SELF, userId } from './people.ts'
import type { Handle } from './people.ts'
import type { Script } from './script.ts'
import { generated } from './script.ts'
import { everything } from './scripts.ts'

export type Scene = {
  account: AccountState
  connection: ConnectionState
  scripts: readonly Script[]
  /** The engine opens nothing: everything stays as if on its way. */
  loads: boolean
  registration: RegistrationMode
  blocked: readonly Handle[]
  /** What was set on this device and waits for a connection. */
  unsent: readonly Change[]
}

export function sceneOf(name: string | null, now: number): Scene {
  const self = people.get(SELF)
  if (self === undefined) throw new Error('the cast knows its own self')
  const normal: Scene = {
    account: { state: 'signed-in', person: self, device: DEVICE },
    connection: { state: 'online' },
    scripts: everything,
    loads: true,
    registration: 'open',
    blocked: [],
    unsent: [],
  }
  const offline: Scene = { ...normal, connection: { state: 'offline', since: now - 240_000, retryAt: now + 14_000, words: 'No connection to the server.' } }
  switch (name ?? '') {
    case 'sign-in':
      return { ...normal, account: { state: 'signed-out', words: null } }
    case 'invite':
      return { ...normal, account: { state: 'signed-out', words: null }, registration: 'invite' }
    case 'signed-out':
      return { ...normal, account: { state: 'signed-out', words: 'This device was signed out from another one. Sign in again to go on.' } }
    case 'starting':
      return { ...normal, account: { state: 'starting' } }
    case 'empty':
      return { ...normal, scripts: [] }
    case 'offline':
      return offline
    case 'unsent':
      return { ...offline, blocked: ['yusuf', 'tomas'], unsent: [...fieldsOf({ name: self.name, status: null, dnd: null, privacy: { presence: 'contacts', privateReceipts: false } }), { type: 'picture', picture: null }, { type: 'block', user: userId('tomas'), on: true }] }
    case 'connecting':
      return { ...normal, connection: { state: 'connecting' } }
    case 'blocked':
      return { ...normal, blocked: ['yusuf', 'tomas', 'ben'] }
    case 'loading':
      return { ...normal, loads: false }
    case 'crowd':
      return { ...normal, scripts: [...everything, ...crowd()] }
    default:
      return normal
  }
}

/** Thousands of conversations, for the list. */
function crowd(): Script[] {
  return Array.from({ length: 5_000 }, (_, index) => ({
    kind: 'group',
    name: `Working group ${index + 1}`,
    members: [['mira', 'member'], ['ben', 'owner'], ['ingrid', 'member']],
    lines: generated(3 + (index % 40), ['ben', 'ingrid', 'mira']),
    unread: index % 9 === 0 ? 2 : 0,
  }))
}
