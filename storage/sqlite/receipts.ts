// Receipts are two columns of a membership: leaving takes them away, and a row per member is all there is.

import { joinReceipt } from '../../shared/conversation/receipts.ts'
import type { Receipt } from '../../shared/conversation/receipts.ts'
import { RECEIPTS_MAX_MEMBERS } from '../../shared/limits.ts'
import type { UserReceipt } from '../../shared/protocol/messages.ts'
import type { JoinedReceipt, ReceiptStore } from '../database.ts'
import { ENTRY_KIND_CODES } from './codes.ts'
import type { Connection } from './connection.ts'
import { NOT_APART } from './people.ts'
import { fromBlob, toBlob } from './uuid.ts'

type OwnEntry = { author: number; conversation: number; seq: number; told: number }
type RegisterRow = Receipt & { user_key: number; conversation_key: number; head: Receipt['read']; is_told: number; told_delivered: Receipt['delivered']; told_read: Receipt['read'] }

export function createReceiptStore(connection: Connection): ReceiptStore {
  const sql = prepareStatements(connection)
  return {
    join: (changes, now) =>
      connection.write(() => {
        let touched: number | undefined
        const changed = new Map<string, JoinedReceipt>()
        for (const { conversation, user, receipt } of changes) {
          const row = sql.register.get(toBlob(conversation), toBlob(user))
          if (row === undefined) continue
          const joined = joinReceipt(row, clamp(receipt, row.head))
          // Devices re-assert their registers on each return: mostly nothing is new, and then nothing is written.
          if (joined.delivered === row.delivered && joined.read === row.read) continue
          const moved = joined.read !== row.read
          if (moved) touched ??= connection.tick(now)
          const told = toldAfter(row, joined)
          sql.set.run(joined.delivered, joined.read, told.delivered, told.read, moved ? (touched ?? 0) : 0, row.user_key, row.conversation_key)
          changed.set(`${conversation} ${user}`, { conversation, receipt: { user, ...joined }, told })
        }
        return [...changed.values()]
      }),
    snapshot: (conversation) => connection.read(() => sql.snapshot.all(toBlob(conversation), RECEIPTS_MAX_MEMBERS).map(userReceiptOf)),
    reach: (viewer, conversation, entry) =>
      connection.readMany(() => {
        const own = sql.ownEntry.get(toBlob(viewer), toBlob(conversation), toBlob(entry))
        const counted = own === undefined ? undefined : sql.reach.get(own.author, own.conversation, own.seq, own.told)
        return counted === undefined ? null : { read: counted.read, delivered: counted.delivered - counted.read, waiting: counted.others - counted.delivered }
      }),
    shownTo: (viewer, conversation) =>
      connection.read(() => sql.shownTo.all(toBlob(viewer), toBlob(conversation), RECEIPTS_MAX_MEMBERS).map(userReceiptOf)),
  }
}

/** What was received and read in private is not told later either, until something newer is. */
function toldAfter(row: RegisterRow, joined: Receipt): Receipt {
  const isMoved = (register: keyof Receipt) => row.is_told === 1 && joined[register] !== row[register]
  return { delivered: isMoved('delivered') ? joined.delivered : row.told_delivered, read: isMoved('read') ? joined.read : row.told_read }
}

function userReceiptOf({ id, delivered, read }: Receipt & { id: Buffer }): UserReceipt {
  return { user: fromBlob(id), delivered, read }
}

/** Nobody has read what is not there yet: a register ahead of the log would show later entries as read. */
function clamp({ delivered, read }: Receipt, head: Receipt['read']): Receipt {
  return { delivered: delivered > head ? head : delivered, read: read > head ? head : read }
}

function prepareStatements(connection: Connection) {
  return {
    register: connection.prepare<[Buffer, Buffer], RegisterRow>(`
      SELECT user_key, conversation_key, delivered, read, (SELECT head FROM conversations WHERE key = conversation_key) AS head,
        (SELECT private_receipts = 0 FROM users WHERE key = user_key) AS is_told, told_delivered, told_read
      FROM members WHERE conversation_key = (SELECT key FROM conversations WHERE id = ?) AND user_key = (SELECT key FROM users WHERE id = ?)`),
    set: connection.prepare<[number, number, number, number, number, number, number]>(`
      UPDATE members SET delivered = ?, read = ?, told_delivered = ?, told_read = ?, touched = max(touched, ?) WHERE user_key = ? AND conversation_key = ?`),
    snapshot: connection.prepare<[Buffer, number], Receipt & { id: Buffer }>(`
      SELECT u.id, m.delivered, m.read
      FROM conversations c JOIN members m ON m.conversation_key = c.key JOIN users u ON u.key = m.user_key
      WHERE c.id = ? AND c.member_count <= ? AND m.delivered > 0 ORDER BY u.id`),
    ownEntry: connection.prepare<[Buffer, Buffer, Buffer], OwnEntry>(`
      SELECT viewer.key AS author, c.key AS conversation, e.seq, viewer.private_receipts = 0 AS told
      FROM users viewer CROSS JOIN conversations c
      JOIN members own ON own.conversation_key = c.key AND own.user_key = viewer.key
      JOIN entries e ON e.conversation_key = c.key AND e.author_key = viewer.key AND e.kind = ${ENTRY_KIND_CODES.message}
      WHERE viewer.id = ? AND c.id = ? AND e.id = ?`),
    reach: connection.prepare<[number, number, number, number], { others: number; delivered: number; read: number }>(`
      WITH mine (author, conversation, seq, told) AS (SELECT ?, ?, ?, ?),
      others AS (
        SELECT m.told_delivered >= mine.seq AS delivered, m.told_read >= mine.seq AS read,
          mine.told AND u.private_receipts = 0 AND ${NOT_APART('mine.author', 'u.key')} AS told
        FROM mine JOIN members m ON m.conversation_key = mine.conversation AND m.user_key <> mine.author JOIN users u ON u.key = m.user_key
      )
      SELECT count(*) AS others, ifnull(sum(told AND delivered), 0) AS delivered, ifnull(sum(told AND read), 0) AS read FROM others`),
    shownTo: connection.prepare<[Buffer, Buffer, number], Receipt & { id: Buffer }>(`
      SELECT u.id, iif(u.key = viewer.key, m.delivered, m.told_delivered) AS delivered, iif(u.key = viewer.key, m.read, m.told_read) AS read
      FROM users viewer CROSS JOIN conversations c JOIN members m ON m.conversation_key = c.key JOIN users u ON u.key = m.user_key
      WHERE viewer.id = ? AND c.id = ? AND c.member_count <= ? AND m.delivered > 0
        AND (u.key = viewer.key OR (viewer.private_receipts = 0 AND u.private_receipts = 0 AND ${NOT_APART('viewer.key', 'u.key')}))
      ORDER BY u.id`),
  }
}
