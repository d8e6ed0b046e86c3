// Pictures of people and conversations, under the hash of their bytes.

import type { ConversationId, UserId } from '../../shared/ids.ts'
import { PictureId } from '../../shared/ids.ts'
import type { Picture, PictureStore, PictureType } from '../people.ts'
import type { Connection } from './connection.ts'
import { createMadeChanges } from './madeChanges.ts'
import { toBlob } from './uuid.ts'

export function createPictureStore(connection: Connection): PictureStore {
  const sql = prepareStatements(connection)
  const setPicture = createSetPicture(connection)
  const made = createMadeChanges(connection)
  return {
    set: (owner, picture, now, once) =>
      connection.write(() => {
        if (made.has(once)) return false
        made.add(once)
        if (!setPicture(owner, picture)) return false
        sql.touch.run(connection.tick(now), toBlob(owner))
        return true
      }),
    get: (id) =>
      connection.read(() => {
        const row = sql.get.get(Buffer.from(id, 'hex'))
        return row === undefined ? null : { type: row.type, bytes: row.content }
      }),
    of: (owner: UserId | ConversationId) =>
      connection.read(() => {
        const id = sql.of.get(toBlob(owner))
        return id === undefined ? null : PictureId.parse(id.toString('hex'))
      }),
  }
}

type SetPicture = (owner: UserId | ConversationId, picture: (Picture & { id: PictureId }) | null) => boolean

/** Inside the transaction of whoever changes it. A picture that is nobody's any more goes with that. */
export function createSetPicture(connection: Connection): SetPicture {
  const sql = prepareStatements(connection)
  return (owner, picture) => {
    const before = sql.of.get(toBlob(owner))
    const id = picture === null ? null : Buffer.from(picture.id, 'hex')
    if (id === null ? before === undefined : before?.equals(id) === true) return false
    if (picture !== null && id !== null) {
      sql.keep.run(id, picture.type, picture.bytes)
      sql.own.run(toBlob(owner), id)
    } else sql.disown.run(toBlob(owner))
    if (before !== undefined) sql.dropUnused.run(before, before)
    return true
  }
}

function prepareStatements(connection: Connection) {
  return {
    of: connection.prepare<[Buffer], Buffer>('SELECT picture FROM picture_owners WHERE owner = ?').pluck(),
    keep: connection.prepare<[Buffer, PictureType, Uint8Array]>('INSERT INTO pictures (id, type, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    own: connection.prepare<[Buffer, Buffer]>('INSERT INTO picture_owners (owner, picture) VALUES (?, ?) ON CONFLICT (owner) DO UPDATE SET picture = excluded.picture'),
    disown: connection.prepare<[Buffer]>('DELETE FROM picture_owners WHERE owner = ?'),
    dropUnused: connection.prepare<[Buffer, Buffer]>('DELETE FROM pictures WHERE id = ? AND NOT EXISTS (SELECT 1 FROM picture_owners WHERE picture = ?)'),
    // Changes nothing where the owner is a conversation.
    touch: connection.prepare<[number, Buffer]>('UPDATE users SET profile_touched = ? WHERE id = ?'),
    get: connection.prepare<[Buffer], { type: PictureType; content: Buffer }>('SELECT type, content FROM pictures WHERE id = ?'),
  }
}
