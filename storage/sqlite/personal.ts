// Personal documents: a snapshot and the numbered updates after it, of the current generation only.

import type { UserId } from '../../shared/ids.ts'
import type { PersonalStore } from '../database.ts'
import type { Connection } from './connection.ts'
import { toBlob } from './uuid.ts'

type DocumentRow = { generation: number; up_to: number; snapshot: Buffer | null }

export function createPersonalStore(connection: Connection): PersonalStore {
  const sql = prepareStatements(connection)

  function userKey(user: UserId): number {
    const key = sql.userKey.get(toBlob(user))
    if (key === undefined) throw new Error('A personal document needs an account.')
    return key
  }

  return {
    generation: (user) => connection.read(() => sql.generation.get(toBlob(user)) ?? 0),
    appendUpdate: (user, generation, update) =>
      connection.write(() => {
        const key = userKey(user)
        const document = sql.position.get(key)
        // An update to a document that was left behind must not be acknowledged: nobody would ever load it.
        if (generation !== (document?.generation ?? 0)) throw new Error(`Generation ${generation} of this personal document is over.`)
        const number = Math.max(document?.up_to ?? 0, sql.lastNumber.get(key) ?? 0) + 1
        sql.insert.run(key, number, bytes(update))
        return number
      }),
    load: (user, generation) =>
      connection.readMany(() => {
        const key = userKey(user)
        const document = sql.document.get(key)
        if (generation !== (document?.generation ?? 0)) return { snapshot: null, updates: [] }
        return { snapshot: document?.snapshot ?? null, updates: sql.updates.all(key) }
      }),
    compact: (user, generation, snapshot, upTo) =>
      connection.write(() => {
        const key = userKey(user)
        const document = sql.position.get(key)
        // A late compaction of a generation that is over has nothing left to replace, and one that was overtaken by a
        // later one would take its updates away.
        if (generation !== (document?.generation ?? 0) || upTo < (document?.up_to ?? 0)) return
        sql.put.run(key, generation, upTo, bytes(snapshot))
        sql.drop.run(key, upTo)
      }),
    advance: (user, from, snapshot) =>
      connection.write(() => {
        const key = userKey(user)
        const document = sql.position.get(key)
        if (from !== (document?.generation ?? 0)) return 'stale'
        // Numbers go on growing, so that no number ever means two updates.
        const upTo = Math.max(document?.up_to ?? 0, sql.lastNumber.get(key) ?? 0)
        sql.put.run(key, from + 1, upTo, bytes(snapshot))
        sql.drop.run(key, upTo)
        return 'advanced'
      }),
  }
}

/** The driver takes Buffers; this one shares the memory. */
function bytes(content: Uint8Array): Buffer {
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength)
}

function prepareStatements(connection: Connection) {
  return {
    userKey: connection.prepare<[Buffer], number>('SELECT key FROM users WHERE id = ?').pluck(),
    generation: connection
      .prepare<[Buffer], number>('SELECT generation FROM personal_documents WHERE user_key = (SELECT key FROM users WHERE id = ?)')
      .pluck(),
    position: connection.prepare<[number], Pick<DocumentRow, 'generation' | 'up_to'>>('SELECT generation, up_to FROM personal_documents WHERE user_key = ?'),
    document: connection.prepare<[number], DocumentRow>('SELECT generation, up_to, snapshot FROM personal_documents WHERE user_key = ?'),
    lastNumber: connection.prepare<[number], number>('SELECT number FROM personal_updates WHERE user_key = ? ORDER BY number DESC LIMIT 1').pluck(),
    insert: connection.prepare<[number, number, Buffer]>('INSERT INTO personal_updates (user_key, number, content) VALUES (?, ?, ?)'),
    updates: connection.prepare<[number], { number: number; update: Buffer }>(
      'SELECT number, content AS "update" FROM personal_updates WHERE user_key = ? ORDER BY number',
    ),
    put: connection.prepare<[number, number, number, Buffer]>(`
      INSERT INTO personal_documents (user_key, generation, up_to, snapshot) VALUES (?, ?, ?, ?)
      ON CONFLICT (user_key) DO UPDATE SET generation = excluded.generation, up_to = excluded.up_to, snapshot = excluded.snapshot`),
    drop: connection.prepare<[number, number]>('DELETE FROM personal_updates WHERE user_key = ? AND number <= ?'),
  }
}
