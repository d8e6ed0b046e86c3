// What a person is found by follows their handle and name, in the transaction that changes these.

import type { Connection } from './connection.ts'
import { searchTerms } from './fold.ts'

export type SearchTerms = {
  add(user: number): void
  /** Runs `change` on a person's row and brings the terms along. */
  changing(user: number, change: () => void): void
}

export function createSearchTerms(connection: Connection): SearchTerms {
  const sql = prepareStatements(connection)

  function each(user: number, apply: (placeholder: number, term: string, user: number) => void): void {
    const person = sql.person.get(user)
    if (person === undefined) throw new Error('There is no such account.')
    for (const term of searchTerms(person.handle, person.name)) apply(person.placeholder, term, user)
  }

  const add = (user: number) => each(user, (placeholder, term) => sql.add.run(placeholder, term, user))
  return {
    add,
    changing(user, change) {
      each(user, (placeholder, term) => sql.drop.run(placeholder, term, user))
      change()
      add(user)
    },
  }
}

function prepareStatements(connection: Connection) {
  return {
    person: connection.prepare<[number], { handle: string; name: string; placeholder: number }>(
      'SELECT handle, name, password_hash IS NULL AS placeholder FROM users WHERE key = ?',
    ),
    add: connection.prepare<[number, string, number]>('INSERT INTO search_terms (placeholder, term, user_key) VALUES (?, ?, ?)'),
    drop: connection.prepare<[number, string, number]>('DELETE FROM search_terms WHERE placeholder = ? AND term = ? AND user_key = ?'),
  }
}
