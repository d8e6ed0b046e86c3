// Brings the file to the schema of this version, step by step, all of it in one transaction: a start that is cut off in the
// middle finds the file as it was.

import type Sqlite from 'better-sqlite3'
import { DatabaseTooNewError } from '../database.ts'
import { APPLICATION_ID } from './check.ts'
import { MIGRATIONS } from './schema.ts'

export function migrate(sqlite: Sqlite.Database, migrations: readonly string[] = MIGRATIONS): void {
  const version = Number(sqlite.pragma('user_version', { simple: true }))
  if (version > migrations.length) {
    throw new DatabaseTooNewError(
      `The database ${sqlite.name} was written by a newer Parley (its schema is ${version}, this one knows ${migrations.length}). ` +
        `Start that version again, or restore a backup from before the upgrade.`,
    )
  }
  if (version === migrations.length) return
  const upgrade = sqlite.transaction(() => {
    for (const statements of migrations.slice(version)) sqlite.exec(statements)
    sqlite.pragma(`application_id = ${APPLICATION_ID}`)
    sqlite.pragma(`user_version = ${migrations.length}`)
  })
  upgrade.immediate()
}
