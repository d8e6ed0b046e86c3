// Ids are UUIDs everywhere else and 16 bytes in the file: less than half of the text, in every row and every index.

import type { ConversationId, DeviceId, EntryId, InviteId, JoinLinkId, ReportId, SessionId, UserId } from '../../shared/ids.ts'

type AnyId = ConversationId & DeviceId & EntryId & InviteId & JoinLinkId & ReportId & SessionId & UserId

export function toBlob(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}

/** The inverse of `toBlob`. Only ids that were parsed at the edge get into the file; the column says whose id it is. */
export function fromBlob(blob: Buffer): AnyId {
  const hex = blob.toString('hex')
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  // True by the sentence above.
  return id as AnyId
}
