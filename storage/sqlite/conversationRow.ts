// Row → ConversationRecord.

import type { Seq } from '../../shared/ids.ts'
import { BANS_SHOWN } from '../../shared/limits.ts'
import { PictureId } from '../../shared/ids.ts'
import type { ConversationRecord } from '../database.ts'
import type { PermissionColumns } from './codes.ts'
import { kindOf, permissionsOf } from './codes.ts'
import { fromBlob } from './uuid.ts'

export type ConversationRow = PermissionColumns & { id: Buffer; kind: number; name: string; topic: string; picture: Buffer | null; created_at: number; member_count: number; banned_count: number; head: number }

export const RECORD_COLUMNS = `
  id, kind, name, topic, (SELECT picture FROM picture_owners WHERE owner = conversations.id) AS picture, created_at, member_count,
  (SELECT count(*) FROM (SELECT 1 FROM bans WHERE conversation_key = conversations.key LIMIT ${BANS_SHOWN})) AS banned_count,
  head, writers, inviters, pinners, describers`

export function recordOf(row: ConversationRow): ConversationRecord {
  return {
    id: fromBlob(row.id),
    kind: kindOf(row.kind),
    name: row.name,
    topic: row.topic,
    picture: row.picture === null ? null : PictureId.parse(row.picture.toString('hex')),
    permissions: permissionsOf(row),
    createdAt: row.created_at,
    memberCount: row.member_count,
    bannedCount: row.banned_count,
    // Only commit and change move it, one by one.
    head: row.head as Seq,
  }
}
