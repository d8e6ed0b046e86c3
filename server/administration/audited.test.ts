// Everything that administrators can do, taken from the description of the API and from the usage of the command line, so that
// an act that is new and writes nothing down is found here.

import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { UserId } from '../../shared/ids.ts'
import type { AuditAct } from '../../shared/protocol/administration.ts'
import { AuditPage, NewInvite } from '../../shared/protocol/administration.ts'
import { ReportFiled } from '../../shared/protocol/api.ts'
import { newServer } from '../testing/newServer.ts'
import { anonymous, signUp } from '../testing/signUp.ts'
import { ADMIN_USAGE } from './adminCommand.ts'
import { askOperatorSocket } from './operatorSocket.ts'

/** Alice is the administrator; Bob was reported by Carol, and there is an invite. */
async function setup() {
  const server = await newServer()
  const [alice, bob, carol] = [await signUp(server, 'alice'), await signUp(server, 'bob'), await signUp(server, 'carol')]
  const { invite } = NewInvite.parse(await (await alice.request('POST', '/api/admin/invites', { maxUses: 1, days: 7 })).json())
  const { report } = ReportFiled.parse(await (await carol.request('POST', '/api/reports', { about: bob.account.id, reason: 'spam' })).json())
  const audit = async () => AuditPage.parse(await (await alice.request('GET', '/api/admin/audit')).json()).records
  return { server, alice, bob: bob.account.id, invite: invite.id, report, audit }
}

type Setup = Awaited<ReturnType<typeof setup>>
type Act = { wrote: AuditAct; on?: 'bob' }

const ROUTES: Record<string, (Act & { path: (given: Setup) => string; body?: object }) | 'looks'> = {
  'GET /admin/people': 'looks',
  'PUT /admin/people/{id}/administrator': { wrote: 'administrator-made', on: 'bob', path: ({ bob }) => `people/${bob}/administrator`, body: { administrator: true } },
  'PUT /admin/people/{id}/blocked': { wrote: 'blocked', on: 'bob', path: ({ bob }) => `people/${bob}/blocked`, body: { blocked: true } },
  'DELETE /admin/people/{id}/sessions': { wrote: 'sessions-ended', on: 'bob', path: ({ bob }) => `people/${bob}/sessions` },
  'GET /admin/conversations': 'looks',
  'GET /admin/storage': 'looks',
  'PUT /admin/registration': { wrote: 'registration-set', path: () => 'registration', body: { mode: 'closed' } },
  'GET /admin/invites': 'looks',
  'POST /admin/invites': { wrote: 'invite-made', path: () => 'invites', body: { maxUses: 1, days: 1 } },
  'DELETE /admin/invites/{id}': { wrote: 'invite-revoked', path: ({ invite }) => `invites/${invite}` },
  'GET /admin/audit': 'looks',
  'GET /admin/reports': 'looks',
  'GET /admin/reports/{id}': { wrote: 'report-read', on: 'bob', path: ({ report }) => `reports/${report}` },
  'POST /admin/reports/{id}/resolved': { wrote: 'report-resolved', on: 'bob', path: ({ report }) => `reports/${report}/resolved`, body: { words: 'talked to him' } },
}

const COMMANDS: Record<string, (Act & { words: (given: Setup) => string[] }) | 'looks'> = {
  people: 'looks',
  'make-admin': { wrote: 'administrator-made', on: 'bob', words: () => ['bob'] },
  'unmake-admin': { wrote: 'administrator-unmade', words: () => ['alice'] },
  block: { wrote: 'blocked', on: 'bob', words: () => ['bob'] },
  unblock: { wrote: 'unblocked', on: 'bob', words: () => ['bob'] },
  sessions: { wrote: 'sessions-ended', on: 'bob', words: () => ['bob'] },
  'new-password': { wrote: 'password-replaced', on: 'bob', words: () => ['bob'] },
  registration: { wrote: 'registration-set', words: () => ['closed'] },
  invite: { wrote: 'invite-made', words: () => [] },
  invites: 'looks',
  revoke: { wrote: 'invite-revoked', words: ({ invite }) => [invite] },
  conversations: 'looks',
  storage: 'looks',
  reports: { wrote: 'report-read', on: 'bob', words: ({ report }) => [report] },
  resolve: { wrote: 'report-resolved', on: 'bob', words: ({ report }) => [report] },
  audit: 'looks',
}

/** What has to be so before it can be done: everything else is done where it stands. */
const BEFORE: Record<string, string[][]> = { unblock: [['block', 'bob']], 'unmake-admin': [['make-admin', 'bob']] }

test('[S12] every route for administrators, and every command, is known here', async () => {
  const { server } = await setup()
  const { paths } = (await (await anonymous(server)('GET', '/api/openapi.json')).json()) as { paths: Record<string, object> }
  const routes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
  expect(routes.filter((route) => route.includes('/admin/')).toSorted()).toEqual(Object.keys(ROUTES).toSorted())
  const commands = [...ADMIN_USAGE.matchAll(/^npm run admin -- (?<name>[\w-]+)/gm)].map(({ groups }) => groups?.['name'] ?? '')
  expect(commands.toSorted()).toEqual(Object.keys(COMMANDS).toSorted())
})

test.each(acts(ROUTES))('[S12] in the audit log stands what an administrator does by %s', async (route, { path, body, wrote, on }) => {
  const given = await setup()
  const before = await given.audit()
  const answer = await given.alice.request(route.split(' ')[0] ?? '', `/api/admin/${path(given)}`, body)
  expect(answer.ok).toBe(true)
  const after = await given.audit()
  expect(after.slice(0, after.length - before.length)).toMatchObject([{ by: given.alice.account.id, act: wrote, on: on === undefined ? null : given.bob }])
})

test.each(acts(COMMANDS))('[S12] in the audit log stands what is done on the command line by %s', async (name, { words, wrote, on }) => {
  const given = await setup()
  for (const before of BEFORE[name] ?? []) await run(given, before)
  const before = await run(given, ['audit'])
  await run(given, [name, ...words(given)])
  const after = await run(given, ['audit'])
  expect(after.length - before.length).toBe(1)
  expect(after[0]).toContain(`  command line  ${wrote}${on === undefined ? '' : '  bob'}`)
})

test('[S12] an act that is refused leaves no trace, and is not done', async () => {
  const { alice, audit } = await setup()
  const before = await audit()
  const nobody = UserId.parse(uuidv7())
  for (const [method, path, body] of [['PUT', `people/${alice.account.id}/administrator`, { administrator: false }], ['PUT', `people/${nobody}/blocked`, { blocked: true }], ['PUT', 'registration', { mode: 'ajar' }]] as const) {
    expect((await alice.request(method, `/api/admin/${path}`, body)).ok).toBe(false)
  }
  expect(await audit()).toEqual(before)
})

function acts<Known>(all: Record<string, Known | 'looks'>): [string, Known][] {
  return Object.entries(all).flatMap(([name, act]) => (act === 'looks' ? [] : [[name, act]]))
}

async function run({ server }: Setup, words: string[]): Promise<string[]> {
  const lines = await askOperatorSocket(server.dir, { words, options: {} })
  if (lines === null) throw new Error('The server listens.')
  return Array.fromAsync(lines)
}
