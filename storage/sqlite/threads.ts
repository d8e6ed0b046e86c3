// Who follows which thread, and how far they have read. A person's rows are one range, a thread's are one of the index; what
// has something new is always asked, never counted along.

import { EVERY_THREAD } from '../../shared/conversation/thread.ts'
import type { ConversationId, Seq, UserId } from '../../shared/ids.ts'
import { UNREAD_MAX } from '../../shared/limits.ts'
import type { FollowedThread, ThreadMark, ThreadStore } from '../threads.ts'
import { ENTRY_KIND_CODES } from './codes.ts'
import type { Connection } from './connection.ts'
import { createMadeChanges } from './madeChanges.ts'
import { fromBlob, toBlob } from './uuid.ts'

type Place = { user: number; conversation: number }

export function createThreadStore(connection: Connection): ThreadStore {
  const sql = prepareStatements(connection)
  const made = createMadeChanges(connection)
  return {
    standing: (user, conversation, root) =>
      connection.read(() => {
        const place = placeOf(user, conversation)
        const read = place === undefined ? undefined : sql.read.get(place.user, place.conversation, root)
        return read === undefined ? NOT_FOLLOWED : { following: true, read }
      }),
    follow: (user, conversation, root, { on, read }, now, once) =>
      connection.write(() => {
        if (made.has(once)) return true
        const place = placeOf(user, conversation)
        if (place === undefined || sql.isRoot.get(place.conversation, root) === undefined) return false
        const { changes } = on ? sql.follow.run(place.user, place.conversation, root, read ?? Number.MAX_SAFE_INTEGER) : sql.unfollow.run(place.user, place.conversation, root)
        if (changes > 0) sql.touch.run(connection.tick(now), place.user, place.conversation)
        made.add(once)
        return true
      }),
    followed: (user, conversation, { before, limit }) =>
      connection.readMany(() => {
        const place = placeOf(user, conversation)
        return place === undefined ? [] : sql.followed.all(place.user, place.conversation, before ?? Number.MAX_SAFE_INTEGER, limit)
      }),
    followers: (conversation, roots) =>
      connection.readMany(() => {
        const found = roots.flatMap((root) => sql.followers.all(toBlob(conversation), root).map(fromBlob))
        return [...new Set<UserId>(found)]
      }),
    join: (marks, now) =>
      connection.write(() => {
        let touched: number | undefined
        const moved = new Map<string, { conversation: ConversationId; user: UserId }>()
        for (const mark of marks) {
          const place = placeOf(mark.user, mark.conversation)
          // Devices assert their marks again on each return: mostly nothing is new, and then nothing is written.
          if (place === undefined || !raise(place, mark)) continue
          touched ??= connection.tick(now)
          sql.touch.run(touched, place.user, place.conversation)
          moved.set(`${mark.conversation} ${mark.user}`, { conversation: mark.conversation, user: mark.user })
        }
        return [...moved.values()]
      }),
  }

  /** Undefined for those who are no members. */
  function placeOf(user: UserId, conversation: ConversationId): Place | undefined {
    return sql.place.get(toBlob(user), toBlob(conversation))
  }

  function raise({ user, conversation }: Place, { thread, read }: ThreadMark): boolean {
    const { changes } = thread === EVERY_THREAD ? sql.raiseAll.run(read, user, conversation, read) : sql.raise.run(read, user, conversation, thread, read)
    return changes > 0
  }
}

const NOT_FOLLOWED = { following: false, read: 0 as Seq }

function prepareStatements(connection: Connection) {
  const head = '(SELECT head FROM conversations c WHERE c.key = thread_members.conversation_key)'
  const mine = 'user_key = ? AND conversation_key = ?'
  return {
    place: connection.prepare<[Buffer, Buffer], Place>(`
      SELECT user_key AS user, conversation_key AS conversation FROM members
      WHERE user_key = (SELECT key FROM users WHERE id = ?) AND conversation_key = (SELECT key FROM conversations WHERE id = ?)`),
    read: connection.prepare<[number, number, number], Seq>(`SELECT read FROM thread_members WHERE ${mine} AND root = ?`).pluck(),
    isRoot: connection
      .prepare<[number, number], number>(`
        SELECT 1 FROM entries WHERE conversation_key = ? AND seq = ? AND kind IN (${ENTRY_KIND_CODES.message}, ${ENTRY_KIND_CODES.erased})`)
      .pluck(),
    follow: connection.prepare<[number, number, number, number]>(`
      INSERT INTO thread_members (user_key, conversation_key, root, read)
      SELECT mine.user, mine.conversation, mine.root, max(mine.root, min(mine.read, c.head))
      FROM (SELECT ? AS user, ? AS conversation, ? AS root, ? AS read) mine CROSS JOIN conversations c ON c.key = mine.conversation
      WHERE true ON CONFLICT DO NOTHING`),
    unfollow: connection.prepare<[number, number, number]>(`DELETE FROM thread_members WHERE ${mine} AND root = ?`),
    touch: connection.prepare<[number, number, number]>(`UPDATE members SET touched = max(touched, ?) WHERE ${mine}`),
    followed: connection.prepare<[number, number, number, number], FollowedThread>(`
      SELECT m.root, t.last_seq AS last, t.replies, (
        SELECT count(*) FROM (
          SELECT 1 FROM annotations a
          WHERE a.conversation_key = m.conversation_key AND a.target = m.root AND a.seq > m.read AND a.kind = ${ENTRY_KIND_CODES.reply} LIMIT ${UNREAD_MAX})
      ) AS unread
      FROM thread_members m CROSS JOIN threads t ON t.conversation_key = m.conversation_key AND t.root = m.root
      WHERE m.user_key = ? AND m.conversation_key = ? AND t.last_seq < ? ORDER BY t.last_seq DESC LIMIT ?`),
    followers: connection
      .prepare<[Buffer, number], Buffer>(`
        SELECT u.id FROM thread_members m CROSS JOIN users u ON u.key = m.user_key
        WHERE m.conversation_key = (SELECT key FROM conversations WHERE id = ?) AND m.root = ?`)
      .pluck(),
    raise: connection.prepare<[number, number, number, number, number]>(
      `UPDATE thread_members SET read = min(?, ${head}) WHERE ${mine} AND root = ? AND read < min(?, ${head})`,
    ),
    raiseAll: connection.prepare<[number, number, number, number]>(
      `UPDATE thread_members SET read = min(?, ${head}) WHERE ${mine} AND read < min(?, ${head})`,
    ),
  }
}
