// How often a running database was written to: the transactions in its write-ahead log, read from the file itself.
// A frame is a header of 24 bytes and a page; the last one of a transaction holds the size of the database.

import { readFileSync } from 'node:fs'

export type Writes = { transactions: number; pages: number }

/** `salt`: changes when the log begins anew, after which what was counted before is not in it. */
export function readWrites(databaseFile: string): Writes & { salt: string } {
  const log = readFileSync(`${databaseFile}-wal`)
  if (log.length < LOG_HEADER_BYTES) return { transactions: 0, pages: 0, salt: '' }
  const pageBytes = log.readUInt32BE(8)
  const salt = log.toString('hex', 16, 24)
  const writes = { transactions: 0, pages: 0 }
  for (let at = LOG_HEADER_BYTES; at + FRAME_HEADER_BYTES + pageBytes <= log.length; at += FRAME_HEADER_BYTES + pageBytes) {
    // Left over from before the log began anew.
    if (log.toString('hex', at + 8, at + 16) !== salt) break
    writes.pages += 1
    if (log.readUInt32BE(at + 4) !== 0) writes.transactions += 1
  }
  return { ...writes, salt }
}

export function writesSince(databaseFile: string, before: ReturnType<typeof readWrites>): Writes {
  const now = readWrites(databaseFile)
  if (before.salt !== '' && now.salt !== before.salt) throw new Error('The write-ahead log began anew: what was written cannot be counted.')
  return { transactions: now.transactions - before.transactions, pages: now.pages - before.pages }
}

const LOG_HEADER_BYTES = 32
const FRAME_HEADER_BYTES = 24
