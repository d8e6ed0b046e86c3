// Ids that every run of an import derives alike, so that running it again finds what is there. Whoever can write an export
// can choose what is hashed, therefore a hash without known collisions.

import { hash } from 'node:crypto'
import { v7 } from 'uuid'
import type { ConversationId, DeviceId, EntryId, UserId } from '../../shared/ids.ts'
import type { FormatName } from './formats/formatName.ts'

/** Where a name means one thing: people and conversations of different scopes never fall together. */
export type Scope = {
  format: FormatName
  /** What the import was told to tell sources apart by; mostly empty. */
  source: string
  /** Of the file in what was given, for formats whose conversations are named by their file. */
  folder: string
}

export function userIdOf({ format, source }: Scope, conversation: string, author: string): UserId {
  // A role in a dialogue is somebody else in the next one.
  return uuidOf('user', format, source, format === 'crosswoz' ? conversation : '', author)
}

export function groupIdOf({ format, source, folder }: Scope, conversation: string): ConversationId {
  return uuidOf('group', format, source, NAMED_BY_FILE.has(format) ? folder : '', conversation)
}

/** By the pair alone: an export of the same chat under another file name finds it again. */
export function directIdOf({ format, source }: Scope, pair: readonly [UserId, UserId]): ConversationId {
  return uuidOf('direct', format, source, ...pair.toSorted())
}

export function deviceIdOf({ format, source }: Scope): DeviceId {
  return uuidOf('device', format, source)
}

/** Time leads, as in every id that a device makes. `piece` counts the parts of a text too long for one entry. */
export function entryIdOf(conversation: ConversationId, at: number, key: string, piece: number): EntryId {
  // uuid stamps version and variant onto the bytes.
  return v7({ msecs: Math.min(at, MSECS_MAX), random: digest([conversation, key, piece]) }) as EntryId
}

const NAMED_BY_FILE: ReadonlySet<FormatName> = new Set(['irc', 'whatsapp'])
/** A UUIDv7 has 48 bits for the time. */
const MSECS_MAX = 2 ** 48 - 1

type DerivedId = UserId & ConversationId & DeviceId

/** Version 8: an id of one's own making. */
function uuidOf(...parts: string[]): DerivedId {
  const bytes = digest(parts)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex', 0, 16)
  // Version and variant were just set, so it has the form of an id.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as DerivedId
}

/** As JSON: no two lists of parts read alike. */
function digest(parts: readonly (string | number)[]): Buffer {
  return hash('sha256', JSON.stringify(parts), 'buffer')
}
