import { closeSync, copyFileSync, existsSync, openSync, readFileSync, renameSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { NOW, id, message, say, seq, team, wholeLog } from '../contract/cast.ts'
import type { Database } from '../database.ts'
import { DatabaseDamagedError, DatabaseTooNewError } from '../database.ts'
import { openSqlite } from './open.ts'
import { temporaryPlace } from './temporaryPlace.ts'

const PAGE = 4096
const ENTRIES = 600

/** A closed database in which Alice has written enough for some dozens of pages. */
async function writtenDatabase() {
  const place = await temporaryPlace()
  onTestFinished(() => place.remove())
  const database = await withAlice(place)
  await say(database, id(1), Array.from({ length: ENTRIES }, (_, index) => message(index + 1, `${index} ${'word '.repeat(30)}`)))
  await database.close()
  return place
}

async function withAlice(place: { open: () => Promise<Database> }): Promise<Database> {
  const database = await place.open()
  await database.accounts.create({ id: id(1), handle: 'alice', name: 'Alice', passwordHash: 'h', createdAt: NOW })
  await database.conversations.createGroup({ id: team, name: 'Team', owner: id(1), members: [], now: NOW })
  return database
}

function overwrite(file: string, position: number, bytes: Uint8Array): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, bytes, 0, bytes.length, position)
  closeSync(handle)
}

async function refusalOf(file: string): Promise<Error> {
  const opened = await openSqlite({ file }).catch((error: unknown) => error)
  if (opened instanceof Error) return opened
  throw new Error('A damaged database was opened.')
}

describe('a damaged file is refused with words that say what to do', () => {
  const garbage = Uint8Array.from({ length: PAGE }, (_, index) => (index * 7919) % 251)

  test.each<[string, (file: string) => void]>([
    ['a header of garbage', (file) => overwrite(file, 0, garbage)],
    ['not a database at all', (file) => writeFileSync(file, 'Dear diary')],
    ['cut off in the middle', (file) => truncateSync(file, Math.floor(statSync(file).size / 2 / PAGE) * PAGE)],
    ['cut off in the middle of a page', (file) => truncateSync(file, statSync(file).size - PAGE / 2)],
    ['cut down to nothing', (file) => truncateSync(file, 0)],
    ['a page of garbage', (file) => overwrite(file, Math.floor(statSync(file).size / 2 / PAGE) * PAGE, garbage)],
    ['a page of zeros', (file) => overwrite(file, Math.floor(statSync(file).size / 3 / PAGE) * PAGE, new Uint8Array(PAGE))],
  ])('%s', async (_, harm) => {
    const { file } = await writtenDatabase()
    harm(file)
    const error = await refusalOf(file)
    expect(error).toBeInstanceOf(DatabaseDamagedError)
    expect(error.message).toContain(file)
    expect(error.message).toMatch(/backup.*recover.*empty/s)
  })

  test('a write-ahead log without its database, which would be deleted as a leftover', async () => {
    const { file, open } = await writtenDatabase()
    const database = await open()
    await say(database, id(1), [message(9_000)])
    const log = readFileSync(`${file}-wal`)
    await database.close()
    renameSync(file, `${file}.moved`)
    writeFileSync(`${file}-wal`, log)
    expect((await refusalOf(file)).message).toContain('write-ahead log')
    expect(readFileSync(`${file}-wal`)).toEqual(log)
  })

  test('refusing frees the file: with the backup in place the next start works', async () => {
    const { file, open } = await writtenDatabase()
    const backup = readFileSync(file)
    overwrite(file, 0, garbage)
    await refusalOf(file)
    writeFileSync(file, backup)
    const database = await open()
    expect(await wholeLog(database)).toHaveLength(ENTRIES)
    await database.close()
  })
})

/** A copy of one large database, which takes a second to write. */
async function largeDatabase() {
  large ??= writeLargeDatabase()
  const place = await temporaryPlace()
  onTestFinished(() => place.remove())
  copyFileSync((await large).file, place.file)
  return place
}

let large: ReturnType<typeof temporaryPlace> | undefined
afterAll(async () => (await large)?.remove())

async function writeLargeDatabase() {
  const place = await temporaryPlace()
  const database = await withAlice(place)
  await say(database, id(1), Array.from({ length: 10 }, (_, index) => message(index + 1)))
  const long = 'x'.repeat(8_000)
  for (let batch = 1; batch <= 10; batch++) await say(database, id(1), Array.from({ length: 1_000 }, (_, index) => message(batch * 1_000 + index, long)))
  await database.close()
  expect(statSync(place.file).size).toBeGreaterThan(64 * 1024 * 1024)
  return place
}

/** Where the first page with entries after the middle of the file begins: 10 marks a leaf. */
function pageOfEntries(file: string): number {
  const content = readFileSync(file)
  for (let position = Math.floor(content.length / 2 / PAGE) * PAGE; position < content.length; position += PAGE) {
    if (content[position] === 10 && content.subarray(position, position + PAGE).includes('{"text":')) return position
  }
  throw new Error('There is no page of entries.')
}

describe('a file too large to be checked whole at each start', () => {
  test('is refused when it is cut off', async () => {
    const { file } = await largeDatabase()
    truncateSync(file, statSync(file).size - 100 * PAGE)
    expect(await refusalOf(file)).toBeInstanceOf(DatabaseDamagedError)
  })

  test.each([
    ['a page of zeros', (page: number) => page, PAGE],
    ['some bytes of a text', (page: number) => page + PAGE - 200, 100],
  ])('opens with damage in the middle, and says so in the same words where it is read: %s', async (_, position, length) => {
    const { file, open } = await largeDatabase()
    overwrite(file, position(pageOfEntries(file)), new Uint8Array(length))
    const database = await open()
    onTestFinished(() => database.close())
    await expect(wholeLog(database)).rejects.toBeInstanceOf(DatabaseDamagedError)
    expect(await database.log.read(team, seq(1), seq(10))).toHaveLength(10)
  })
})

test('a database of another program is left alone', async () => {
  const place = await temporaryPlace()
  onTestFinished(() => place.remove())
  const other = new Sqlite(place.file)
  other.exec('CREATE TABLE bookmarks (url TEXT)')
  other.close()
  const before = readFileSync(place.file)
  const error = await refusalOf(place.file)
  expect(error).toBeInstanceOf(DatabaseDamagedError)
  expect(error.message).toContain('another program')
  expect(readFileSync(place.file)).toEqual(before)
})

test('a database from a newer version is refused and not touched', async () => {
  const { file } = await writtenDatabase()
  const later = new Sqlite(file)
  later.pragma('user_version = 999')
  later.close()
  const before = readFileSync(file)
  const error = await refusalOf(file)
  expect(error).toBeInstanceOf(DatabaseTooNewError)
  expect(error.message).toContain('newer')
  expect(readFileSync(file)).toEqual(before)
})

test('what never was is made new', async () => {
  const place = await temporaryPlace()
  onTestFinished(() => place.remove())
  expect(existsSync(place.file)).toBe(false)
  const database = await place.open()
  expect(await wholeLog(database)).toEqual([])
  await database.close()
})
