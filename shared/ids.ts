// Every id is a UUID in lower case, written out in full. Branding keeps a user from being passed where a
// conversation is meant; parsing happens once, at the edge.

import { z } from 'zod'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** One spelling per id: an upper-case twin would slip past idempotency. */
const id = z.string().regex(UUID, 'must be a UUID in lower case')

export const UserId = id.brand<'UserId'>()
export type UserId = z.infer<typeof UserId>

/** A browser profile or an installation, the same across sign-ins; made by the client. */
export const DeviceId = id.brand<'DeviceId'>()
export type DeviceId = z.infer<typeof DeviceId>

/** Public name of a session, safe to list; never the token. */
export const SessionId = id.brand<'SessionId'>()
export type SessionId = z.infer<typeof SessionId>

export const ConversationId = id.brand<'ConversationId'>()
export type ConversationId = z.infer<typeof ConversationId>

/** UUIDv7 made by the author when composing; the same through every retry, so append is idempotent by it. */
export const EntryId = id.brand<'EntryId'>()
export type EntryId = z.infer<typeof EntryId>

/** Public name of an invite; never its code. */
export const InviteId = id.brand<'InviteId'>()
export type InviteId = z.infer<typeof InviteId>

/** Public name of a link into a group or a channel; never its code. */
export const JoinLinkId = id.brand<'JoinLinkId'>()
export type JoinLinkId = z.infer<typeof JoinLinkId>

/** Of a change of what a person sets; the same through every retry, so that a device makes it once. */
export const ChangeId = id.brand<'ChangeId'>()
export type ChangeId = z.infer<typeof ChangeId>

export const ReportId = id.brand<'ReportId'>()
export type ReportId = z.infer<typeof ReportId>

/** SHA-256 of the bytes, so a picture never changes under its id. */
export const PictureId = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex').brand<'PictureId'>()
export type PictureId = z.infer<typeof PictureId>

/** Position of an entry in its conversation: 1, 2, 3 … without gaps. 0 means "before the first". */
export const Seq = z.int().min(0).brand<'Seq'>()
export type Seq = z.infer<typeof Seq>

/** Milliseconds since 1970-01-01 UTC. */
export const Millis = z.int().min(0).max(8_640_000_000_000_000)
export type Millis = z.infer<typeof Millis>
