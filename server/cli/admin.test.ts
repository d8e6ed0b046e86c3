// The command as people run it: a process of its own.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { v7 as uuidv7 } from 'uuid'
import { expect, onTestFinished, test } from 'vitest'
import { ConversationId, ReportId, UserId } from '../../shared/ids.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'
import { secretHash } from '../auth/secretHash.ts'
import { newServer } from '../testing/newServer.ts'
import { anonymous, newDeviceId, PASSWORD, signUp } from '../testing/signUp.ts'
import { tempDir } from '../testing/tempDir.ts'

const ADMIN = fileURLToPath(new URL('admin.ts', import.meta.url))

async function admin(dataDir: string, ...args: string[]) {
  // Away from the repository, whose .env is the developer's.
  const child = spawn(process.execPath, [ADMIN, ...args], { cwd: tempDir(), env: { PATH: process.env['PATH'], DATA_DIR: dataDir }, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exit = once(child, 'exit')
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  await exit
  return { code: child.exitCode, out, err }
}

/** Alice came first, Bob second. */
async function populated() {
  const dataDir = tempDir()
  const open = () => openSqlite({ file: join(dataDir, 'parley.db') })
  const database = await open()
  for (const handle of ['alice', 'bob']) await database.accounts.create({ id: UserId.parse(uuidv7()), handle, name: handle, passwordHash: 'h', createdAt: Date.now() })
  await database.close()
  return { dataDir, open }
}

test('[S9] people are listed, and made administrators and blocked', async () => {
  const { dataDir } = await populated()
  expect((await admin(dataDir, 'people')).out).toBe('alice  alice  (0 sessions, administrator)\nbob  bob  (0 sessions)\n')
  expect(await admin(dataDir, 'unmake-admin', 'alice')).toEqual({ code: 1, out: '', err: 'This is the only administrator. Make somebody else one first.\n' })
  expect(await admin(dataDir, 'make-admin', '@Bob')).toEqual({ code: 0, out: 'bob (bob) is an administrator.\n', err: '' })
  expect((await admin(dataDir, 'unmake-admin', 'alice')).code).toBe(0)
  expect((await admin(dataDir, 'block', 'alice')).out).toBe('alice (alice) is blocked and signed out everywhere.\n')
  expect((await admin(dataDir, 'people', 'al')).out).toMatch(/^alice {2}alice {2}\(0 sessions, blocked since [\d-]{10}\)\n$/)
  expect((await admin(dataDir, 'sessions', 'alice')).out).toBe('alice (alice): 0 sessions ended.\n')
  const { out } = await admin(dataDir, 'audit')
  expect(out.trim().split('\n').map((line) => line.split('  ').slice(1))).toEqual([
    ['command line', 'blocked', 'alice'],
    ['command line', 'administrator-unmade', 'alice'],
    ['command line', 'administrator-made', 'bob'],
    ['alice', 'first-administrator', 'alice'],
  ])
})

test('[S11] registration is set, and an invite is made and revoked', async () => {
  const { dataDir, open } = await populated()
  expect((await admin(dataDir, 'registration')).out).toBe('Registration is open.\n')
  expect((await admin(dataDir, 'registration', 'invite')).out).toBe('Registration is invite.\n')
  const { out } = await admin(dataDir, 'invite', '--uses', '3', '--note', 'for the choir')
  const [, code = '', id = ''] = /^The code is ([\w-]{27})\n.* for 3 accounts .* revoke it: (\S+)\n$/.exec(out) ?? []
  const database = await open()
  expect(await database.registration.admission(secretHash(code), Date.now())).toBe('admitted')
  await database.close()
  expect((await admin(dataDir, 'invites')).out).toContain(`${id}  used 0 of 3  until `)
  expect((await admin(dataDir, 'revoke', id)).out).toBe('Revoked.\n')
  expect((await admin(dataDir, 'invites')).out).toContain('revoked')
})

test.each([
  [[], 'npm run admin -- people'],
  [['promote'], 'npm run admin -- people'],
  [['block'], 'npm run admin -- people'],
  [['audit', '--uses', '2'], 'npm run admin -- people'],
  [['block', 'nobody'], 'There is no account with the handle nobody.'],
  [['registration', 'ajar'], 'Registration is one of open, invite, closed, not "ajar".'],
  [['invite', '--days', 'many'], 'days: '],
  [['revoke', 'everything'], '"everything" is no id of an invite.'],
])('%j is answered in words', async (args, words) => {
  const { code, err } = await admin(tempDir(), ...args)
  expect(code).toBe(1)
  expect(err).toContain(words)
  expect(err).not.toContain('    at ')
})

test('[S9] conversations and storage are told in figures, and nothing of what is said', async () => {
  const { dataDir, open } = await populated()
  expect((await admin(dataDir, 'conversations')).out).toBe('There are no conversations yet.\n')
  const database = await open()
  const alice = await database.accounts.byHandle('alice')
  if (alice === null) throw new Error('She has an account.')
  const id = ConversationId.parse(uuidv7())
  await database.conversations.createGroup({ id, name: 'Choir', owner: alice.id, members: [], now: 0 })
  await database.close()
  expect((await admin(dataDir, 'conversations')).out).toBe(`${id}  group  "Choir"  since 1970-01-01  (1 members, 0 entries)\n`)
  expect((await admin(dataDir, 'storage')).out).toMatch(/^database {7}\d+\.\d MB\naccounts {7}2, and 0 imported that nobody has claimed\nsessions {7}0\nconversations {2}1\nentries {8}0\n$/)
})

test('[S9] a server that runs on the data does what is asked, and tells whom it concerns at once', async () => {
  const server = await newServer()
  const alice = await signUp(server, 'alice')
  expect((await admin(server.dir, 'people')).out).toBe('alice  alice  (1 sessions, administrator)\n')
  expect(await admin(server.dir, 'unmake-admin', 'alice')).toEqual({ code: 1, out: '', err: 'This is the only administrator. Make somebody else one first.\n' })
  expect((await admin(server.dir, 'sessions', 'alice')).out).toBe('alice (alice): 1 sessions ended.\n')
  expect((await alice.request('GET', '/api/account')).status).toBe(401)
  expect((await admin(server.dir, 'audit')).out).toContain('command line  sessions-ended  alice')
  await server.drain()
  expect((await admin(server.dir, 'people')).out).toBe('alice  alice  (0 sessions, administrator)\n')
})

test('[S12] who forgot their password gets a new one, which counts at once; the old one and every session are worth nothing', async () => {
  const server = await newServer()
  await signUp(server, 'alice')
  const bob = await signUp(server, 'bob')
  const { out } = await admin(server.dir, 'new-password', 'bob')
  const password = /^The new password of bob \(bob\) is (?<password>[a-z2-9-]{23})\n/.exec(out)?.groups?.['password']
  expect((await bob.request('GET', '/api/account')).status).toBe(401)
  const trying = (given: unknown) => anonymous(server)('POST', '/api/sessions', { handle: 'bob', password: given, device: { id: newDeviceId(), label: 'x' } })
  expect((await trying(PASSWORD)).status).toBe(401)
  expect((await trying(password)).status).toBe(201)
  expect((await admin(server.dir, 'audit')).out).toContain('command line  password-replaced  bob')
  expect(server.logged.join('')).not.toContain(password)
  expect((await admin(server.dir, 'new-password', 'nobody')).err).toBe('There is no account with the handle nobody.\n')
})

test('while another program has the database it says so and does nothing', async () => {
  const { dataDir, open } = await populated()
  const database = await open()
  onTestFinished(() => database.close())
  expect(await admin(dataDir, 'people')).toEqual({ code: 1, out: '', err: 'Parley is running on this data directory. Stop it, run this again, and start it afterwards.\n' })
})

test('[U9][S13] reports that wait are listed, read in full, and resolved', async () => {
  const { dataDir, open } = await populated()
  const database = await open()
  const [alice, bob] = [await database.accounts.byHandle('alice'), await database.accounts.byHandle('bob')]
  if (alice === null || bob === null) throw new Error('They have accounts.')
  const id = ReportId.parse(uuidv7())
  await database.reports.file({ id, by: bob.id, about: alice.id, reason: 'spam', words: 'look\u001b[2J\u009b2J\u202e', conversation: null, entries: [], now: 0 })
  await database.close()
  expect((await admin(dataDir, 'reports')).out).toBe(`${id}  1970-01-01  spam  bob about alice  (0 messages shown)\n`)
  expect((await admin(dataDir, 'reports', id)).out).toBe('1970-01-01T00:00:00.000Z  spam  bob about alice\n"look\\u001b[2J\\u009b2J\\u202e"\n')
  expect((await admin(dataDir, 'reports', 'resolved')).out).toBe('No report is resolved yet.\n')
  expect((await admin(dataDir, 'resolve', id, '--note', 'warned her')).out).toBe('Resolved.\n')
  expect((await admin(dataDir, 'reports')).out).toBe('There are no reports that wait.\n')
  expect((await admin(dataDir, 'reports', 'resolved')).out).toContain(`${id}  1970-01-01  spam  bob about alice`)
  expect((await admin(dataDir, 'reports', id)).out).toMatch(/\nresolved [\d-]{10} on the command line {2}"warned her"\n$/)
  expect((await admin(dataDir, 'resolve', 'x')).code).toBe(1)
})
