// People: real accounts, and placeholders that an import made for authors who may come and claim them. A placeholder is an
// account without a password.

import type { UserId } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol/messages.ts'
import type { Account, AccountStore, NewAccount } from '../database.ts'
import type { Audit } from './audit.ts'
import { createAudit } from './audit.ts'
import type { Connection } from './connection.ts'
import { fold } from './fold.ts'
import type { PersonRow } from './personRow.ts'
import { PERSON_COLUMNS, personOf } from './personRow.ts'
import { createAdmissions } from './registration.ts'
import { createSearchTerms } from './searchTerms.ts'
import { fromBlob, toBlob } from './uuid.ts'

type AccountRow = PersonRow & { created_at: number; last_seen_at: number | null }

export function createAccountStore(connection: Connection): AccountStore {
  const sql = prepareStatements(connection)
  const audit = createAudit(connection)
  const admissions = createAdmissions(connection)

  const terms = createSearchTerms(connection)

  function insert(account: NewAccount): 'created' | 'taken' {
    if (sql.byHandle.get(account.handle) !== undefined) return 'taken'
    const id = toBlob(account.id)
    sql.insert.run(id, account.handle, account.name, account.passwordHash, account.createdAt)
    terms.add(must(sql.byId.get(id)).key)
    if (account.passwordHash !== null) becomeFirst(sql, audit, account.id, account.createdAt)
    return 'created'
  }

  return {
    create: (account) => connection.write(() => insert(account)),
    signUp: (account, inviteHash) =>
      connection.write(() => {
        const admission = admissions.look(inviteHash, account.createdAt)
        if (admission !== 'admitted') return admission
        const outcome = insert(account)
        if (outcome === 'created') admissions.spend(inviteHash)
        return outcome
      }),
    ...lookups(connection, sql),
    setPasswordHash: (id, hash) =>
      connection.write(() => {
        const person = must(sql.byId.get(toBlob(id)))
        terms.changing(person.key, () => sql.setPasswordHash.run(hash, person.key))
      }),
    setLastSeen: (seen) =>
      connection.write(() => {
        for (const { user, at } of seen) sql.setLastSeen.run(at, toBlob(user), at)
      }),
    setClaim: (placeholder, claimHash, now) =>
      connection.write(() => {
        const { changes } = sql.setClaim.run(claimHash, toBlob(placeholder))
        if (changes === 0) throw new Error('Only a placeholder can be claimed.')
        // Codes are made on the command line alone.
        audit.add({ by: null, now, act: 'claim-offered', on: placeholder })
      }),
    claim: (claimHash, as, now) =>
      connection.write(() => {
        const person = sql.byClaim.get(claimHash)
        if (person === undefined) return 'unknown'
        const holder = sql.byHandle.get(as.handle)
        if (holder !== undefined && holder.key !== person.key) return 'taken'
        terms.changing(person.key, () => sql.claim.run(as.handle, as.name, as.passwordHash, person.key))
        const id = fromBlob(person.id)
        becomeFirst(sql, audit, id, now)
        return id
      }),
  }
}

/** Once there is an administrator there always is one, so none means that nobody came before. */
function becomeFirst(sql: Statements, audit: Audit, user: UserId, now: number): void {
  if (sql.becomeFirst.run(toBlob(user)).changes === 1) audit.add({ by: user, now, act: 'first-administrator', on: user })
}

function lookups(connection: Connection, sql: Statements): Pick<AccountStore, 'byId' | 'byHandle' | 'byIds' | 'search' | 'passwordHash'> {
  return {
    byId: (id) => connection.read(() => accountOf(sql.byId.get(toBlob(id)))),
    byHandle: (handle) => connection.read(() => accountOf(sql.byHandle.get(handle))),
    byIds: (ids) =>
      connection.readMany(() =>
        ids.flatMap((id) => {
          const row = sql.byId.get(toBlob(id))
          return row === undefined ? [] : [personOf(row)]
        }),
      ),
    search: (start, limit) => connection.readMany(() => search(sql, fold(start), limit)),
    passwordHash: (handle) =>
      connection.read(() => {
        const row = sql.passwordHash.get(handle)
        return row === undefined ? null : { id: fromBlob(row.id), hash: row.hash }
      }),
  }
}

/** Two ranges of the index: accounts, then placeholders as far as there is room. Costs the rows it returns, not the matches. */
function search(sql: Statements, start: string, limit: number): Person[] {
  if (start === '') return []
  const found = new Map<number, Person>()
  for (const placeholder of [0, 1]) {
    // A person matches once for each of their terms.
    for (const row of sql.search.iterate(placeholder, start, start)) {
      if (found.size >= limit) break
      found.set(row.key, personOf(row))
    }
  }
  return [...found.values()]
}

function accountOf(row: AccountRow | undefined): Account | null {
  return row === undefined ? null : { ...personOf(row), createdAt: row.created_at, lastSeenAt: row.last_seen_at }
}

function must<T>(row: T | undefined): T {
  if (row === undefined) throw new Error('There is no such account.')
  return row
}

type Statements = ReturnType<typeof prepareStatements>

function prepareStatements(connection: Connection) {
  const person = PERSON_COLUMNS
  const account = `${person}, created_at, last_seen_at`
  return {
    insert: connection.prepare<[Buffer, string, string, string | null, number]>(
      'INSERT INTO users (id, handle, name, password_hash, created_at) VALUES (?, ?, ?, ?, ?)',
    ),
    becomeFirst: connection.prepare<[Buffer]>(
      'UPDATE users SET administrator = 1 WHERE id = ? AND NOT EXISTS (SELECT 1 FROM users WHERE administrator = 1)',
    ),
    byId: connection.prepare<[Buffer], AccountRow>(`SELECT ${account} FROM users WHERE id = ?`),
    byHandle: connection.prepare<[string], AccountRow>(`SELECT ${account} FROM users WHERE handle = ?`),
    byClaim: connection.prepare<[string], PersonRow>(`SELECT ${person} FROM users WHERE claim_hash = ? AND password_hash IS NULL`),
    // The greatest code point ends the range of all that begins alike.
    search: connection.prepare<[number, string, string], PersonRow>(`
      SELECT ${person} FROM search_terms JOIN users ON users.key = search_terms.user_key
      WHERE search_terms.placeholder = ? AND term >= ? AND term < ? || char(0x10FFFF) ORDER BY term, user_key`),
    passwordHash: connection.prepare<[string], { id: Buffer; hash: string }>(
      'SELECT id, password_hash AS hash FROM users WHERE handle = ? AND password_hash IS NOT NULL',
    ),
    setPasswordHash: connection.prepare<[string, number]>('UPDATE users SET password_hash = ?, claim_hash = NULL WHERE key = ?'),
    setLastSeen: connection.prepare<[number, Buffer, number]>(
      'UPDATE users SET last_seen_at = ? WHERE id = ? AND (last_seen_at IS NULL OR last_seen_at < ?)',
    ),
    setClaim: connection.prepare<[string, Buffer]>('UPDATE users SET claim_hash = ? WHERE id = ? AND password_hash IS NULL'),
    claim: connection.prepare<[string, string, string, number]>(
      'UPDATE users SET handle = ?, name = ?, password_hash = ?, claim_hash = NULL WHERE key = ?',
    ),
  }
}
