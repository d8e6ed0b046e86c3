// What an inbox row says is unread, by the log of the conversation where this device holds enough of it.

import type { InboxRow } from '../../shared/conversation/inbox.ts'
import type { Seq, UserId } from '../../shared/ids.ts'
import { UNREAD_MAX, UNREAD_SCAN_MAX } from '../../shared/limits.ts'
import type { Log } from './log.ts'

/** The row with whom the messages after its read mark call; the same object where nothing changes, or the log does not say. */
export function withCalls(row: InboxRow, log: Log | undefined, me: UserId): InboxRow {
  const mentions = log === undefined || log.head !== row.head ? null : log.countCalls(me, row.read)
  return mentions === null || mentions === row.mentions ? row : { ...row, mentions: Math.min(mentions, UNREAD_MAX) }
}

/** The row with a read mark that is ahead of its own. */
export function readTo(row: InboxRow, read: Seq, log: Log | undefined, me: UserId): InboxRow {
  if (read >= row.head) return { ...row, read: row.head, quiet: 0, mentions: 0 }
  const left = row.head - read
  return { ...row, read, quiet: log?.countQuiet(me, read, UNREAD_SCAN_MAX) ?? Math.min(row.quiet, left), mentions: log?.countCalls(me, read) ?? Math.min(row.mentions, left) }
}
