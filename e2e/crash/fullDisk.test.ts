import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConversationId } from '../../shared/ids.ts'
import { EntryId } from '../../shared/ids.ts'
import { AppendAnswer, ErrorAnswer } from '../../shared/protocol/api.ts'
import type { Refusal } from '../../shared/protocol/refusal.ts'
import { foundInFile, foundOverApi } from './found.ts'
import { Ledger } from './ledger.ts'
import type { Person } from './people.ts'
import { createGroup, signUp } from './people.ts'
import { ServerProcess } from './serverProcess.ts'

const mounted = mountSmallDisk()

test.runIf(mounted === null)('a full disk could not be made: it takes root on Linux to mount a small tmpfs', () => {
  expect(mounted).toBeNull()
})

let server: ServerProcess
let ledger: Ledger
let alice: Person
let room: ConversationId

beforeAll(async () => {
  if (mounted === null) return
  server = await ServerProcess.create(join(mounted, 'data'))
  ledger = new Ledger()
  await server.start()
  alice = await signUp(server.origin, 'alice')
  room = await createGroup(server.origin, alice, [], 'room')
}, 60_000)

afterAll(async () => {
  if (mounted === null) return
  await server.remove()
  execFileSync('umount', [mounted])
  rmSync(mounted, { recursive: true })
})

test.skipIf(mounted === null)('[A12] a full disk refuses in words, reads go on, nothing acknowledged is lost, and it goes on when there is room', async () => {
  // skipIf has ended it otherwise.
  const disk = mounted as string
  for (let count = 0; count < 20; count++) expect(await write()).toBe('stored')
  fill(disk)
  const refusal = await writeUntilRefused()
  expect(refusal).toMatchObject({ code: 'storage-full', retry: true })
  expect(refusal.words).toMatch(/no room left/)

  expect(server.running).toBe(true)
  expect(ledger.broken(await foundOverApi(server.origin, { conversations: [room], people: [alice] }))).toEqual([])

  rmSync(filler(disk))
  for (let count = 0; count < 20; count++) expect(await write()).toBe('stored')
  expect(ledger.broken(await foundOverApi(server.origin, { conversations: [room], people: [alice] }))).toEqual([])

  fill(disk)
  await writeUntilRefused()
  await server.kill()
  rmSync(filler(disk))
  expect(ledger.broken(await foundInFile(server.dataDir, { conversations: [room], people: [alice] }))).toEqual([])
  await server.start()
  expect(await write()).toBe('stored')
})

/** What is left in pages that SQLite holds already still takes a few entries. */
async function writeUntilRefused(): Promise<Refusal> {
  for (let tries = 0; tries < 2_000; tries++) {
    const outcome = await write()
    if (outcome !== 'stored') return outcome
  }
  throw new Error('the disk never got full')
}

async function write(): Promise<'stored' | Refusal> {
  const id = EntryId.parse(uuid())
  const text = `${id} ${'x'.repeat(2_000)}`
  ledger.submitted({ conversation: room, author: alice.user, id, text })
  const answer = await fetch(`${server.origin}/api/conversations/${room}/entries`, {
    method: 'POST',
    headers: { authorization: `Bearer ${alice.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ entries: [{ id, at: Date.now(), kind: 'message', body: { text } }] }),
  })
  if (!answer.ok) return ErrorAnswer.parse(await answer.json()).refusal
  const [result] = AppendAnswer.parse(await answer.json()).results
  if (result === undefined) throw new Error('one entry, one result')
  if ('refusal' in result) return result.refusal
  ledger.acknowledged(id, result.seq)
  return 'stored'
}

function fill(disk: string): void {
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(filler(disk), new Uint8Array(bavail * bsize))
}

function filler(disk: string): string {
  return join(disk, 'filler')
}

/** Null where it cannot be done. */
function mountSmallDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  const folder = mkdtempSync(join(tmpdir(), 'parley-full-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch (error) {
    rmSync(folder, { recursive: true })
    // Root in a container may not mount; execFileSync's error has the status of `mount`.
    if (error instanceof Error && 'status' in error) return null
    throw error
  }
}
