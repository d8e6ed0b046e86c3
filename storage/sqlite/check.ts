// Is this file a sound database of ours? Asked at every start, so it must not take longer as history grows.

import { statSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import { DatabaseDamagedError } from '../database.ts'
import { damaged } from './failures.ts'

/** Stands in the header of our files: "Prly". */
export const APPLICATION_ID = 0x50726c79

/**
 * Up to here every page is checked, which takes at most about a third of a second. In a larger file only what is looked at
 * anyway can be checked; see `checkEdges`.
 */
const FULL_CHECK_MAX_BYTES = 64 * 1024 * 1024

/** Before SQLite touches anything: what it would take for a new database although there was one. */
export function checkBesides(file: string): void {
  const [main, log] = [sizeOf(file), sizeOf(`${file}-wal`)]
  if (main === 0) throw damaged(file, 'it is empty (if Parley was never started before, just delete it)')
  if (main === undefined && log !== undefined && log > 0) throw damaged(file, `it is missing, but its write-ahead log ${file}-wal is there`)
}

/** Before anything is written into it. Like the next, throws the driver's error for what SQLite notices itself; the caller puts it into words. */
export function checkOurs(sqlite: Sqlite.Database): void {
  const id = sqlite.pragma('application_id', { simple: true })
  const tables = sqlite.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()
  if (id === APPLICATION_ID || (id === 0 && tables === 0)) return
  throw new DatabaseDamagedError(`${sqlite.name} is a database of another program. Choose another DATA_DIR, or move the file away, and start again.`)
}

export function checkSound(sqlite: Sqlite.Database): void {
  const pages = Number(sqlite.pragma('page_count', { simple: true }))
  const pageBytes = Number(sqlite.pragma('page_size', { simple: true }))
  if (pages * pageBytes > FULL_CHECK_MAX_BYTES) return checkEdges(sqlite)
  // quick_check is integrity_check without comparing every index with its table, which would cost several times as much.
  const finding = sqlite.pragma('quick_check(1)', { simple: true })
  if (finding !== 'ok') throw damaged(sqlite.name, String(finding))
}

/**
 * First and last row of every table and index: walks from the root to both edges, the last pages being where a torn write
 * or a cut-off file shows. Damage in the middle is found when it is read, and then refused in the same words.
 */
function checkEdges(sqlite: Sqlite.Database): void {
  const indexes = sqlite
    .prepare<[], { tbl: string; idx: string }>(
      `SELECT t.name AS tbl, i.name AS idx FROM pragma_table_list t, pragma_index_list(t.name) i WHERE t.schema = 'main' AND t.type = 'table' AND NOT i.partial`,
    )
    .all()
  for (const { tbl, idx } of indexes) {
    const column = sqlite.prepare<[string], string | null>('SELECT name FROM pragma_index_xinfo(?) WHERE seqno = 0').pluck().get(idx)
    if (column === undefined || column === null) continue
    for (const direction of ['ASC', 'DESC']) sqlite.prepare(`SELECT * FROM "${tbl}" INDEXED BY "${idx}" ORDER BY "${column}" ${direction} LIMIT 1`).get()
  }
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size
}
