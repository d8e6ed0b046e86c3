// An import as the command runs it, into a real database that is gone when the test is over.

import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { UserId } from '../../../shared/ids.ts'
import { UserId as UserIdSchema } from '../../../shared/ids.ts'
import type { Entry } from '../../../shared/conversation/entry.ts'
import type { ConversationRecord, Database } from '../../../storage/database.ts'
import { openSqlite } from '../../../storage/sqlite/open.ts'
import { v7 as uuidv7 } from 'uuid'
import { allConversations, exportLines } from '../../export/exportLines.ts'
import { createLogger } from '../../logger.ts'
import { tempDir } from '../../testing/tempDir.ts'
import { appendWithoutServer } from '../appendWithoutServer.ts'
import type { ImportProblem } from '../formats/source.ts'
import type { RunImportOptions } from '../run.ts'
import { runImport } from '../run.ts'
import type { ImportSummary } from '../summary.ts'

export const NOW = Date.UTC(2026, 0, 15)

export async function newDatabase(): Promise<Database> {
  const database = await openSqlite({ file: join(tempDir(), 'parley.db') })
  onTestFinished(() => database.close())
  return database
}

export async function importInto(
  database: Database,
  path: string,
  options: Partial<Omit<RunImportOptions, 'path' | 'database'>> = {},
): Promise<ImportSummary & { told: ImportProblem[] }> {
  const told: ImportProblem[] = []
  const append = appendWithoutServer(database.log, () => NOW, createLogger('silent'))
  const summary = await runImport({ path, database, append, clock: () => NOW, onProblem: (problem) => told.push(problem), ...options })
  return { ...summary, told }
}

/** Somebody who signed up before. */
export async function newPerson(database: Database, handle: string): Promise<UserId> {
  const id = UserIdSchema.parse(uuidv7())
  await database.accounts.create({ id, handle, name: handle, passwordHash: 'x', createdAt: NOW })
  return id
}

export async function conversationsByName(database: Database): Promise<Map<string, ConversationRecord>> {
  return new Map((await allConversations(database)).map((record) => [record.name, record]))
}

export async function entriesOf(database: Database, { id, head }: ConversationRecord): Promise<Entry[]> {
  // From the first to the last.
  return database.log.read(id, 1 as Entry['seq'], head)
}

export async function exported(database: Database): Promise<string> {
  let lines = ''
  for await (const line of exportLines(database, null)) lines += line
  return lines
}
