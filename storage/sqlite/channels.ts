// The directory of channels: what anybody with an account here may find.

import { PictureId } from '../../shared/ids.ts'
import type { Channel } from '../../shared/protocol/api.ts'
import type { ConversationStore } from '../database.ts'
import type { Connection } from './connection.ts'
import { fold, searchTerms } from './fold.ts'
import { fromBlob, toBlob } from './uuid.ts'

type Row = { id: Buffer; name: string; topic: string; picture: Buffer | null; member_count: number; joined: 0 | 1; last_at: number | null; touched: number }

export function createChannels(connection: Connection): Pick<ConversationStore, 'channels' | 'channel'> {
  const sql = prepareStatements(connection)
  return {
    channels: (user, { start, before, limit }) =>
      connection.readMany(() => {
        const [touched, id] = before === null ? [Number.MAX_SAFE_INTEGER, BEFORE_ALL] : [before.touched, toBlob(before.conversation)]
        const from = fold(start)
        return sql.page.all(toBlob(user), toBlob(user), touched, touched, id, from, from, from + LAST_CHARACTER, limit).map(channelOf)
      }),
    channel: (user, id) =>
      connection.read(() => {
        const row = sql.one.get(toBlob(user), toBlob(id))
        return row === undefined ? null : channelOf(row)
      }),
  }
}

/** What a channel is found by; follows its name, in the transaction that changes it. */
export function createChannelTerms(connection: Connection): { set(channel: number, name: string): void } {
  const drop = connection.prepare<[number]>('DELETE FROM channel_terms WHERE conversation_key = ?')
  const add = connection.prepare<[number, string]>('INSERT INTO channel_terms (conversation_key, term) VALUES (?, ?)')
  return {
    set(channel, name) {
      drop.run(channel)
      for (const term of searchTerms('', name)) add.run(channel, term)
    },
  }
}

const BEFORE_ALL = Buffer.alloc(0)
/** Sorts after whatever can follow the start of a term. */
const LAST_CHARACTER = '\u{10FFFF}'

function channelOf(row: Row): Channel {
  return {
    id: fromBlob(row.id),
    name: row.name,
    topic: row.topic,
    ...(row.picture === null ? {} : { picture: PictureId.parse(row.picture.toString('hex')) }),
    members: row.member_count,
    joined: row.joined === 1,
    ...(row.last_at === null ? {} : { lastAt: row.last_at }),
    touched: row.touched,
  }
}

function prepareStatements(connection: Connection) {
  const channel = `
    SELECT c.id, c.name, c.topic, c.member_count, c.touched,
      (SELECT picture FROM picture_owners WHERE owner = c.id) AS picture,
      EXISTS (SELECT 1 FROM members WHERE conversation_key = c.key AND user_key = (SELECT key FROM users WHERE id = ?)) AS joined,
      (SELECT at FROM entries WHERE conversation_key = c.key AND seq = c.last_message) AS last_at
    FROM conversations c WHERE c.kind = 2`
  return {
    page: connection.prepare<[Buffer, Buffer, number, number, Buffer, string, string, string, number], Row>(`
      ${channel} AND NOT EXISTS (SELECT 1 FROM bans WHERE conversation_key = c.key AND user_key = (SELECT key FROM users WHERE id = ?))
        AND c.touched <= ? AND (c.touched < ? OR c.id > ?)
        AND (? = '' OR EXISTS (SELECT 1 FROM channel_terms t WHERE t.conversation_key = c.key AND t.term >= ? AND t.term < ?))
      ORDER BY c.touched DESC, c.id LIMIT ?`),
    one: connection.prepare<[Buffer, Buffer], Row>(`${channel} AND c.id = ?`),
  }
}
