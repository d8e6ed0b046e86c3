import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { textOf } from '../../shared/conversation/entry.ts'
import { NOW, id, team, wholeLog } from '../contract/cast.ts'
import { DatabaseInUseError } from '../database.ts'
import { openSqlite } from './open.ts'
import { temporaryPlace } from './temporaryPlace.ts'

const alice = id(1)

async function placeWithAlice() {
  const place = await temporaryPlace()
  onTestFinished(() => place.remove())
  const database = await place.open()
  await database.accounts.create({ id: alice, handle: 'alice', name: 'Alice', passwordHash: 'h', createdAt: NOW })
  await database.conversations.createGroup({ id: team, name: 'Team', owner: alice, members: [], now: NOW })
  await database.close()
  return place
}

/** Another process that writes to the same file. */
function startWriter(file: string, firstNumber: number): ChildProcess {
  const writer = spawn(process.execPath, [fileURLToPath(new URL('writer.ts', import.meta.url)), file, String(firstNumber)], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void writer.kill('SIGKILL'))
  return writer
}

/** Lets the writer run for so many acknowledgements, kills it, and answers the last seq it acknowledged. */
async function killAfter(writer: ChildProcess, acknowledgements: number): Promise<number> {
  let [acknowledged, lines] = [0, 0]
  const exited = once(writer, 'exit')
  for await (const line of createInterface({ input: writer.stdout! })) { // piped, by its options
    acknowledged = Number(line)
    if (++lines === acknowledgements) writer.kill('SIGKILL')
  }
  await exited
  expect(writer.signalCode).toBe('SIGKILL')
  return acknowledged
}

test('kill -9 in the middle of writing loses nothing that was acknowledged, and leaves no gap', async () => {
  const { file } = await placeWithAlice()
  let written = 0
  // Each round goes on where the killed one before left off; the numbers of commits pass several checkpoints.
  for (const acknowledgements of [1, 7, 2, 90, 33, 250]) {
    const acknowledged = await killAfter(startWriter(file, written + 1), acknowledgements)
    const database = await openSqlite({ file })
    const log = await wholeLog(database)
    written = log.length
    expect(written).toBeGreaterThanOrEqual(acknowledged)
    expect(await database.log.head(team)).toBe(written)
    expect(log.map((entry) => `${entry.seq} ${entry.id} ${textOf(entry).split(' ')[0]}`)).toEqual(log.map((_, index) => `${index + 1} ${id(index + 1)} ${index + 1}`))
    await database.close()
  }
  expect(written).toBeGreaterThan(383)
  // Six processes and a few thousand syncs: a busy machine with a slow disk takes its time.
}, 120_000)

test('a second process is refused with words while the first one lives, and let in when it was killed', async () => {
  const { file } = await placeWithAlice()
  const writer = startWriter(file, 1)
  await once(writer.stdout!, 'data') // piped, by its options
  const refused = await openSqlite({ file }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(DatabaseInUseError)
  expect(String(refused)).toContain('Stop the Parley that runs on it')
  writer.kill('SIGKILL')
  await once(writer, 'exit')
  const database = await openSqlite({ file })
  expect(await wholeLog(database)).not.toEqual([])
  await database.close()
})
