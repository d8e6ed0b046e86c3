// The process itself, as an owner starts and stops it.

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { UserId } from '../shared/ids.ts'
import { AppendAnswer, SignedIn } from '../shared/protocol/api.ts'
import { openSqlite } from '../storage/sqlite/open.ts'
import { rawConnection } from './testing/rawRequest.ts'
import { newDeviceId, PASSWORD } from './testing/signUp.ts'
import { tempDir } from './testing/tempDir.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))
const CLAIM = fileURLToPath(new URL('cli/claim.ts', import.meta.url))

function run(script: string, settings: Record<string, string>, ...args: string[]) {
  // Away from the repository, whose .env is the developer's.
  const child = spawn(process.execPath, [script, ...args], { cwd: tempDir(), env: { PATH: process.env['PATH'], ...settings } })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()))
  return { child, said, exited: exitOf(child) }
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  await once(child, 'close')
  return child.exitCode
}

async function start(settings: Record<string, string> = {}) {
  const dataDir = join(tempDir(), 'data')
  const server = run(MAIN, { PORT: '0', DATA_DIR: dataDir, ...settings })
  await Promise.race([once(server.child.stdout, 'data'), server.exited])
  const [, origin = ''] = /^Parley is ready on (\S+) \(data in .*\)\n$/.exec(server.said.stdout) ?? []
  expect(server.said.stderr + origin).toContain('http://localhost:')
  const bearer = { authorization: '' }
  const post = (path: string, body: unknown) => fetch(`${origin}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...(bearer.authorization ? bearer : {}) }, body: JSON.stringify(body) })
  const { token = '' } = SignedIn.parse(await (await post('/api/accounts', { handle: 'alice', name: 'Alice', password: PASSWORD, device: { id: newDeviceId(), label: 'x' }, credentials: 'bearer' })).json())
  bearer.authorization = `Bearer ${token}`
  return { ...server, origin, dataDir, post, token }
}

async function startFails(settings: Record<string, string>): Promise<string> {
  const { exited, said } = run(MAIN, { PORT: '0', DATA_DIR: join(tempDir(), 'data'), ...settings })
  expect(await exited).toBe(1)
  expect(said.stdout).toBe('')
  expect(said.stderr).toMatch(/^[^\n]+\n$/)
  return said.stderr
}

describe('a start that cannot succeed says why in one sentence and exits with 1', () => {
  test('[P2] a setting that is not understood', async () => {
    expect(await startFails({ LOG_LEVEL: 'loud' })).toMatch(/^The setting LOG_LEVEL must be one of/)
    expect(await startFails({ DATADIR: '/srv' })).toBe('There is no setting DATADIR: did you mean DATA_DIR?\n')
  })

  test('a port that is in use', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    onTestFinished(() => void squatter.close())
    // A TCP server that listens has an address with a port.
    const { port } = squatter.address() as AddressInfo
    expect(await startFails({ PORT: String(port) })).toMatch(new RegExp(`^Port ${port} on 127.0.0.1 is in use\\.`))
  })

  test('a host that is not this machine', async () => {
    expect(await startFails({ HOST: '192.0.2.1' })).toMatch(/^192\.0\.2\.1 is no address of this machine\./)
  })

  test('a data directory that is none', async () => {
    const file = join(tempDir(), 'file')
    writeFileSync(file, '')
    expect(await startFails({ DATA_DIR: file })).toMatch(/^The data directory .* cannot be used \(E\w+\)\. Set DATA_DIR/)
    expect(await startFails({ DATA_DIR: join(file, 'below') })).toMatch(/^The data directory .* cannot be used/)
  })

  test('[P4] a damaged database', async () => {
    const dataDir = join(tempDir(), 'data')
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'parley.db'), 'this is no database, it is a text that goes on for a while'.repeat(100))
    expect(await startFails({ DATA_DIR: dataDir })).toMatch(/parley\.db/)
  })

  test('a data directory that another process uses', async () => {
    const { dataDir } = await start()
    expect(await startFails({ DATA_DIR: dataDir })).toMatch(/in use by another process/)
  })
})

describe('the running process', () => {
  test('keeps its data to its owner', async () => {
    const { dataDir } = await start()
    const modes = [dataDir, ...readdirSync(dataDir).map((name) => join(dataDir, name))].map((path) => (statSync(path).mode & 0o777).toString(8))
    expect(modes.length).toBeGreaterThan(1)
    expect(new Set(modes)).toEqual(new Set(['700', '600']))
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('[P3] %s: what was accepted is answered and kept, sockets are told, the exit is clean', async (signal) => {
    const { child, exited, post, origin, token, dataDir } = await start()
    const id = uuidv7()
    await post('/api/conversations', { kind: 'group', id, name: 'Notes', members: [] })
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/sync`, { headers: { authorization: `Bearer ${token}` } })
    await once(socket, 'open')
    const closed = once(socket, 'close')
    const append = (n: number) => post(`/api/conversations/${id}/entries`, { entries: [{ id: uuidv7(), at: n, kind: 'message', body: { text: `note ${n}` } }] })
    await append(0)

    const inFlight = Array.from({ length: 20 }, (_, n) => append(n + 1))
    const asked = performance.now()
    child.kill(signal)
    const answers = await Promise.allSettled(inFlight)
    expect(await exited).toBe(0)
    expect(performance.now() - asked).toBeLessThan(10_000)
    expect((await closed)[0]).toBe(4503)

    const stored = await Promise.all(answers.filter((answer) => answer.status === 'fulfilled' && answer.value.status === 200).map(async (answer) => (answer.status === 'fulfilled' ? AppendAnswer.parse(await answer.value.json()).results : [])))
    const database = await openSqlite({ file: join(dataDir, 'parley.db') })
    onTestFinished(() => database.close())
    const [row] = await database.conversations.inbox(UserId.parse((await database.accounts.byHandle('alice'))?.id), { since: null, before: null, limit: 1 })
    const acknowledged = stored.flat().flatMap((result) => ('seq' in result ? [result.seq] : []))
    expect(row?.head).toBeGreaterThanOrEqual(Math.max(1, ...acknowledged))
  })

  test('a client that never answers does not hold the exit up', async () => {
    const { child, exited, origin, token } = await start()
    const stuck = rawConnection(Number(new URL(origin).port))
    stuck.socket.write(
      `GET /sync HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    )
    await once(stuck.socket, 'data')
    child.kill('SIGTERM')
    expect(await exited).toBe(0)
  })

  test('a second signal ends it at once', async () => {
    const { child, exited, origin } = await start()
    // Holds draining up: a request that never ends.
    const hanging = rawConnection(Number(new URL(origin).port))
    hanging.socket.write('POST /api/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{')
    await fetch(`${origin}/healthz`)
    child.kill('SIGTERM')
    await expect.poll(() => fetch(`${origin}/healthz`).then(() => 'up', () => 'closed')).toBe('closed')
    child.kill('SIGTERM')
    expect(await exited).toBe(1)
    expect(await hanging.closed).toBe('')
  })
})

test('npm run claim prints a code that opens a placeholder, or a sentence', async () => {
  const dataDir = tempDir()
  const database = await openSqlite({ file: join(dataDir, 'parley.db') })
  await database.accounts.create({ id: UserId.parse(uuidv7()), handle: 'old.alice', name: 'alice (chat)', passwordHash: null, createdAt: 0 })
  await database.close()

  const offered = run(CLAIM, { DATA_DIR: dataDir }, 'old.alice')
  expect(await offered.exited).toBe(0)
  expect(offered.said.stdout).toMatch(/^The code for alice \(chat\) \(old\.alice\) is [\w-]{27}\n/)

  const unknown = run(CLAIM, { DATA_DIR: dataDir }, 'nobody')
  expect(await unknown.exited).toBe(1)
  expect(unknown.said.stderr).toBe('There is no account with the handle nobody.\n')
  const nothing = run(CLAIM, { DATA_DIR: dataDir })
  expect(await nothing.exited).toBe(1)
  expect(nothing.said.stderr).toMatch(/npm run claim -- <handle>/)
})
