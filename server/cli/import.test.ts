// The command as people run it: a process of its own, which can be killed.

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openSqlite } from '../../storage/sqlite/open.ts'
import { diskExport } from '../import/formats/testing/memoryExport.ts'
import { tempDir } from '../testing/tempDir.ts'

const LINES = 30_000

function command(name: 'import' | 'export', dataDir: string, ...args: string[]): ChildProcess {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  const child = spawn(process.execPath, [file, ...args], { env: { ...process.env, DATA_DIR: dataDir }, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function finished(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  const exit = once(child, 'exit')
  // Piped, as `command` says.
  const [out, err] = await Promise.all([text(child.stdout!), text(child.stderr!)])
  await exit
  return { code: child.exitCode, out, err }
}

function busyRoom(): string {
  const nicks = Array.from({ length: 40 }, (_, index) => `nick${index}`)
  const lines = Array.from({ length: LINES }, (_, index) => `[${String(Math.floor(index / 60) % 24).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}] <${nicks[index % 37] ?? ''}> line ${index} of a busy day`)
  return diskExport({ 'busy.txt': lines.join('\n'), 'busy.annotation.txt': Array.from({ length: LINES / 10 }, (_, index) => `${index * 10 + 7} ${index * 10} -`).join('\n') })
}

test('[I2] killed in the middle and run again, it has stored the very same', { timeout: 240_000 }, async () => {
  const room = busyRoom()
  const [whole, killed] = [tempDir(), tempDir()]
  expect((await finished(command('import', whole, room))).code).toBe(0)

  const first = command('import', killed, room)
  // A first commit is on the disk, the last one is not.
  await vi.waitFor(() => expect(statSync(join(killed, 'parley.db-wal')).size).toBeGreaterThan(1_500_000), { timeout: 120_000, interval: 5 })
  first.kill('SIGKILL')
  await once(first, 'exit')

  const second = await finished(command('import', killed, room, '--json'))
  const { entries } = JSON.parse(second.out) as { entries: { stored: number; already: number } }
  expect(entries.already).toBeGreaterThan(0)
  expect(entries.stored).toBeGreaterThan(0)
  expect(entries.stored + entries.already).toBe(LINES)

  const [one, other] = [await finished(command('export', whole, '--all')), await finished(command('export', killed, '--all'))]
  expect(one.out.split('\n').length).toBeGreaterThan(LINES)
  expect(other.out).toBe(one.out)
})

test('[S12] what is exported and imported stands in the audit log, also when it breaks off', async () => {
  const dataDir = tempDir()
  expect((await finished(command('import', dataDir, diskExport({ 'talk.txt': '[10:00] <ada> hello' })))).code).toBe(0)
  expect((await finished(command('export', dataDir, '--all'))).code).toBe(0)
  // It has nowhere to write what it reads.
  expect((await finished(command('export', dataDir, '--all', '--out', join(dataDir, 'nowhere', 'lines')))).code).toBe(1)
  const database = await openSqlite({ file: join(dataDir, 'parley.db') })
  const acts = (await database.administration.audit(null, 9)).map(({ by, act, detail }) => [by, act, detail])
  await database.close()
  expect(acts).toEqual([
    [null, 'exported', 'all'],
    [null, 'exported', 'all'],
    [null, 'imported', expect.any(String)],
  ])
})

test('while a server runs on the data it says so and does nothing', async () => {
  const dataDir = tempDir()
  const database = await openSqlite({ file: join(dataDir, 'parley.db') })
  onTestFinished(() => database.close())
  const { code, err } = await finished(command('import', dataDir, diskExport({ 'room.txt': '[09:00] <alice> hello\n' })))
  expect(code).toBe(1)
  expect(err).toBe('Parley is running on this data directory. Stop it, run this again, and start it afterwards.\n')
})

test('[I2] broken lines are shown with their place, the first twenty, and all of them kept in a file', async () => {
  const dataDir = tempDir()
  const broken = Array.from({ length: 25 }, () => 'no line of a log').join('\n')
  const { code, err } = await finished(command('import', dataDir, diskExport({ 'room.txt': `[09:00] <alice> hello\n${broken}\n` })))
  expect(code).toBe(0)
  expect(err).toContain('room.txt:2 is no line of an IRC log\n')
  expect(err).toContain('room.txt:21 is no line of an IRC log\n… and 5 more\n')
  const [report = ''] = readdirSync(join(dataDir, 'imports'))
  expect(readFileSync(join(dataDir, 'imports', report), 'utf8').trim().split('\n')).toHaveLength(25)
})

test.each([
  [['nowhere'], 'nowhere does not exist.'],
  [[], 'npm run import -- <file, folder or zip>'],
  [['.', '--member', 'nobody'], 'There is no account with the handle nobody.'],
  [['.', '--zone', 'Mars'], '"Mars" is no time zone'],
  [['--what'], 'npm run import -- <file, folder or zip>'],
])('%j is answered in words', async (args, words) => {
  const { code, err } = await finished(command('import', tempDir(), ...args))
  expect(code).toBe(1)
  expect(err).toContain(words)
  expect(err).not.toContain('    at ')
})
