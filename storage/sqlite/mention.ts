// Whom a message or a reply calls, noted inside the transaction that stores it: a row for each who was ever called by it, at
// the entry that did so first, and whether its text calls them still (shared/conversation/mentions.ts says the same of a
// log in memory). Most call nobody and cost nothing.

import type { Calling } from '../../shared/conversation/entry.ts'
import type { Seq, UserId } from '../../shared/ids.ts'
import type { Connection } from './connection.ts'
import { fromBlob, toBlob } from './uuid.ts'

/** Stands for everyone who is in the conversation. */
export const EVERYONE_KEY = 0
/** Stands for the conversation itself, where a reply has its root. */
export const NO_THREAD = 0

/** Where a message stands; `thread`: of a reply, its root. */
export type Spoken = { conversation: number; message: Seq; thread: Seq | typeof NO_THREAD }

/** Whom an edit or an erasure concerns: those it calls for the first time, and those who are called no more. */
export type Recalled = { users: UserId[]; all: boolean }

export function createMentions(connection: Connection) {
  const sql = prepareStatements(connection)
  return { said, edited, erased }

  /** A new message or reply. */
  function said(body: Calling, spoken: Spoken): void {
    if (body.mentions !== undefined || body.mentionsAll === true) call(body, spoken, spoken.message)
  }

  /** `seq`: of the edit. `called`: whom it calls for the first time. */
  function edited(body: Calling, spoken: Spoken, seq: Seq): { called: Calling; recalled: Recalled | null } | null {
    const { conversation, message } = spoken
    const before = sql.calledNow.all(conversation, message)
    if (before.length === 0 && body.mentions === undefined && body.mentionsAll !== true) return null
    sql.silence.run(conversation, message)
    const called = call(body, spoken, seq)
    const now = new Set(sql.calledNow.all(conversation, message))
    const gone = before.filter((key) => !now.has(key))
    return { called, recalled: recalledBy(called, gone) }
  }

  /** What is gone calls nobody. */
  function erased(conversation: number, message: Seq): Recalled | null {
    const before = sql.calledNow.all(conversation, message)
    sql.forget.run(conversation, message)
    return recalledBy({}, before)
  }

  /** Answers who was never called by it before. */
  function call({ mentions = [], mentionsAll }: Calling, { conversation, message, thread }: Spoken, seq: Seq): Calling {
    const first = [...new Set(mentions)].filter((user) => {
      if (sql.again.run(conversation, message, toBlob(user)).changes > 0) return false
      return sql.one.run(thread, seq, message, conversation, toBlob(user)).changes > 0
    })
    const all = mentionsAll === true && sql.allAgain.run(conversation, message).changes === 0 && sql.all.run(conversation, thread, seq, message).changes > 0
    return { ...(first.length === 0 ? {} : { mentions: first }), ...(all ? { mentionsAll: true } : {}) }
  }

  function recalledBy(called: Calling, gone: readonly number[]): Recalled | null {
    const users = gone.flatMap((key) => {
      const id = key === EVERYONE_KEY ? undefined : sql.userId.get(key)
      return id === undefined ? [] : [fromBlob(id)]
    })
    const recalled = { users: [...(called.mentions ?? []), ...users], all: called.mentionsAll === true || gone.includes(EVERYONE_KEY) }
    return recalled.all || recalled.users.length > 0 ? recalled : null
  }
}

/**
 * The entries after a mark that were the first to call one person, each by another message that calls them still: by name or
 * with everyone, whichever came first. In SQL, in words of the query around it.
 */
export function callsAfter({ conversation, thread, read, person }: { conversation: string; thread: string; read: string; person: string }): string {
  const ofSameMessage = (alias: string) => `
    ${alias}.conversation_key = m.conversation_key AND ${alias}.message = m.message AND ${alias}.user_key IN (${EVERYONE_KEY}, ${person})`
  return `
    SELECT m.seq FROM mentions m CROSS JOIN entries e ON e.conversation_key = m.conversation_key AND e.seq = m.message AND e.author_key <> ${person}
    WHERE m.user_key IN (${EVERYONE_KEY}, ${person}) AND m.conversation_key = ${conversation} AND m.thread = ${thread} AND m.seq > ${read}
      AND EXISTS (SELECT 1 FROM mentions still WHERE ${ofSameMessage('still')} AND still.calls = 1)
      AND NOT EXISTS (SELECT 1 FROM mentions first WHERE ${ofSameMessage('first')} AND (first.seq, first.user_key) < (m.seq, m.user_key))`
}

function prepareStatements(connection: Connection) {
  const person = '(SELECT key FROM users WHERE id = ?)'
  const ofMessage = 'conversation_key = ? AND message = ?'
  return {
    one: connection.prepare<[number, number, number, number, Buffer]>(`
      INSERT INTO mentions (user_key, conversation_key, thread, seq, message, calls)
      SELECT user_key, conversation_key, ?, ?, ?, 1 FROM members WHERE conversation_key = ? AND user_key = ${person}`),
    all: connection.prepare<[number, number, number, number]>(
      `INSERT INTO mentions (user_key, conversation_key, thread, seq, message, calls) VALUES (${EVERYONE_KEY}, ?, ?, ?, ?, 1)`,
    ),
    again: connection.prepare<[number, number, Buffer]>(`UPDATE mentions SET calls = 1 WHERE ${ofMessage} AND user_key = ${person}`),
    allAgain: connection.prepare<[number, number]>(`UPDATE mentions SET calls = 1 WHERE ${ofMessage} AND user_key = ${EVERYONE_KEY}`),
    silence: connection.prepare<[number, number]>(`UPDATE mentions SET calls = 0 WHERE ${ofMessage}`),
    calledNow: connection.prepare<[number, number], number>(`SELECT user_key FROM mentions WHERE ${ofMessage} AND calls = 1`).pluck(),
    forget: connection.prepare<[number, number]>(`DELETE FROM mentions WHERE ${ofMessage}`),
    userId: connection.prepare<[number], Buffer>('SELECT id FROM users WHERE key = ?').pluck(),
  }
}
