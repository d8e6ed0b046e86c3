// Words ⇄ the small numbers that stand for them in the file. A number is for ever.

import type { Entry } from '../../shared/conversation/entry.ts'
import type { ConversationKind, Permissions, Role } from '../../shared/conversation/membership.ts'

export const KIND_CODES = { direct: 0, group: 1, channel: 2 } as const satisfies Record<ConversationKind, number>
/** In order of rank. */
export const ROLE_CODES = { member: 0, admin: 1, owner: 2 } as const satisfies Record<Role, number>
export const ENTRY_KIND_CODES = { message: 0, edit: 1, reaction: 2, pin: 3, erase: 4, erased: 5, event: 6, reply: 7 } as const satisfies Record<Entry['kind'], number>

export const kindOf = inverse<ConversationKind>(KIND_CODES)
export const roleOf = inverse<Role>(ROLE_CODES)
export const entryKindOf = inverse<Entry['kind']>(ENTRY_KIND_CODES)

/** The columns of `conversations` that hold them, each the least role. */
export type PermissionColumns = { writers: number; inviters: number; pinners: number; describers: number }

export function permissionsOf({ writers, inviters, pinners, describers }: PermissionColumns): Permissions {
  return { write: least(writers), invite: least(inviters), pin: least(pinners), describe: least(describers) }
}

function least(code: number): 'member' | 'admin' {
  return code === ROLE_CODES.member ? 'member' : 'admin'
}

function inverse<Word extends string>(codes: Readonly<Record<Word, number>>): (code: number) => Word {
  // The keys of a record are its words.
  const words = new Map((Object.entries(codes) as [Word, number][]).map(([word, code]) => [code, word]))
  return (code) => {
    const word = words.get(code)
    if (word === undefined) throw new Error(`None of ${Object.keys(codes).join(', ')} has the number ${code}.`)
    return word
  }
}
