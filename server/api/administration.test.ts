import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { ConversationId } from '../../shared/ids.ts'
import { AuditPage, ConversationsPage, InvitesPage, NewInvite, PeoplePage, StorageFigures } from '../../shared/protocol/administration.ts'
import { OwnAccount } from '../../shared/protocol/api.ts'
import type { TestServer } from '../testing/newServer.ts'
import { newServer } from '../testing/newServer.ts'
import type { Device } from '../testing/signUp.ts'
import { anonymous, newDeviceId, PASSWORD, signIn, signUp } from '../testing/signUp.ts'

const code = async (answer: Response) => [answer.status, (await answer.json()).refusal?.code]

/** Alice was first, so she is the administrator; Bob is anybody. */
async function setup() {
  const server = await newServer()
  return { server, alice: await signUp(server, 'alice'), bob: await signUp(server, 'bob') }
}

function trySignUp(server: TestServer, handle: string, more: object = {}): Promise<Response> {
  return anonymous(server)('POST', '/api/accounts', { handle, name: handle, password: PASSWORD, device: { id: newDeviceId(), label: 'x' }, ...more })
}

function trySignIn(server: TestServer, handle: string, password = PASSWORD): Promise<Response> {
  return anonymous(server)('POST', '/api/sessions', { handle, password, device: { id: newDeviceId(), label: 'x' } })
}

function setAdministrator(by: Device, of: Device, administrator: boolean): Promise<Response> {
  return by.request('PUT', `/api/admin/people/${of.account.id}/administrator`, { administrator })
}

function setMode({ request }: Device, mode: string): Promise<Response> {
  return request('PUT', '/api/admin/registration', { mode })
}

async function invite(by: Device, wanted: object = {}): Promise<NewInvite> {
  const answer = await by.request('POST', '/api/admin/invites', { maxUses: 1, days: 7, ...wanted })
  expect(answer.status).toBe(201)
  return NewInvite.parse(await answer.json())
}

describe('who may', () => {
  test('[S9] the own account says whether it is an administrator', async () => {
    const { alice, bob } = await setup()
    const answers = await Promise.all([alice, bob].map(async ({ request }) => OwnAccount.parse(await (await request('GET', '/api/account')).json())))
    expect(answers.map(({ administrator }) => administrator)).toEqual([true, false])
  })

  test('[S9] everybody else gets one answer, to the letter, for what exists and what does not', async () => {
    const { alice, bob } = await setup()
    const asked = [
      ['GET', 'people'],
      ['GET', 'people?limit=many'],
      ['PUT', `people/${bob.account.id}/administrator`],
      ['PUT', `people/${uuidv7()}/blocked`],
      ['DELETE', `people/${alice.account.id}/sessions`],
      ['DELETE', 'people/nobody/sessions'],
      ['GET', 'conversations'],
      ['GET', 'storage'],
      ['PUT', 'registration'],
      ['GET', 'invites'],
      ['POST', 'invites'],
      ['DELETE', `invites/${uuidv7()}`],
      ['GET', 'audit'],
      ['GET', 'no-such-thing'],
    ] as const
    const answers = await Promise.all(asked.map(([method, path]) => bob.request(method, `/api/admin/${path}`)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]))
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
    expect((await alice.request('GET', '/api/account')).status).toBe(200)
  })

  test('who is not signed in is told to sign in', async () => {
    const { server } = await setup()
    expect(await code(await anonymous(server)('GET', '/api/admin/people'))).toEqual([401, 'signed-out'])
  })

  test('[S9] whoever is no administrator any more is refused at once', async () => {
    const { alice, bob } = await setup()
    expect((await setAdministrator(alice, bob, true)).status).toBe(204)
    expect((await setAdministrator(bob, alice, false)).status).toBe(204)
    expect(await code(await setAdministrator(alice, alice, true))).toEqual([403, 'forbidden'])
    expect(await code(await setAdministrator(bob, bob, false))).toEqual([409, 'taken'])
  })
})

describe('people', () => {
  test('are listed a page at a time, and found', async () => {
    const { alice } = await setup()
    const page = async (query: string) => PeoplePage.parse(await (await alice.request('GET', `/api/admin/people${query}`)).json())
    const first = await page('?limit=1')
    expect(first).toMatchObject({ people: [{ handle: 'alice', administrator: true, blockedAt: null, sessions: 1 }], after: 'alice' })
    expect(await page(`?limit=1&after=${first.after}`)).toMatchObject({ people: [{ handle: 'bob', administrator: false }], after: 'bob' })
    expect(await page('?after=bob')).toEqual({ people: [] })
    expect((await page('?q=bo')).people.map(({ handle }) => handle)).toEqual(['bob'])
  })

  test('[S10] a blocked person is signed out at once and cannot come back until unblocked', async () => {
    const { server, alice, bob } = await setup()
    const phone = await signIn(server, 'bob')
    const ended: string[] = []
    server.auth.onEnded((ids) => ended.push(...ids))
    const block = (blocked: boolean) => alice.request('PUT', `/api/admin/people/${bob.account.id}/blocked`, { blocked })
    expect((await block(true)).status).toBe(204)
    expect(ended.toSorted()).toEqual([bob.session.id, phone.session.id].toSorted())
    expect(await code(await bob.request('GET', '/api/account'))).toEqual([401, 'signed-out'])
    expect(await code(await trySignIn(server, 'bob'))).toEqual([403, 'forbidden'])
    expect((await block(false)).status).toBe(204)
    expect((await trySignIn(server, 'bob')).status).toBe(201)
  })

  test('[S10] with a wrong password a blocked account is answered like any other', async () => {
    const { server, alice, bob } = await setup()
    await alice.request('PUT', `/api/admin/people/${bob.account.id}/blocked`, { blocked: true })
    expect(await (await trySignIn(server, 'bob', 'no')).text()).toBe(await (await trySignIn(server, 'nobody', 'no')).text())
  })

  test('[S10] a session that is made while its person is blocked does not last', async () => {
    const { server, alice, bob } = await setup()
    await Promise.all([trySignIn(server, 'bob'), alice.request('PUT', `/api/admin/people/${bob.account.id}/blocked`, { blocked: true })])
    expect(await server.database.sessions.ofUser(bob.account.id)).toEqual([])
  })

  test('[S4] all sessions of a person end', async () => {
    const { server, alice, bob } = await setup()
    await signIn(server, 'bob')
    const answer = await alice.request('DELETE', `/api/admin/people/${bob.account.id}/sessions`)
    expect([answer.status, await answer.json()]).toEqual([200, { ended: 2 }])
    expect((await bob.request('GET', '/api/account')).status).toBe(401)
    expect((await trySignIn(server, 'bob')).status).toBe(201)
  })

  test.each([
    ['an unknown person', 'PUT', `people/${uuidv7()}/blocked`, { blocked: true }, [404, 'not-found']],
    ['an unknown person', 'PUT', `people/${uuidv7()}/administrator`, { administrator: true }, [404, 'not-found']],
    ['an unknown person', 'DELETE', `people/${uuidv7()}/sessions`, undefined, [404, 'not-found']],
    ['an id that is none', 'PUT', 'people/bob/blocked', { blocked: true }, [400, 'malformed']],
    ['a body that is none', 'PUT', `people/${uuidv7()}/blocked`, { blocked: 'yes' }, [400, 'malformed']],
    ['a page too long', 'GET', 'people?limit=100000', undefined, [400, 'malformed']],
    ['an unknown mode', 'PUT', 'registration', { mode: 'ajar' }, [400, 'malformed']],
    ['an invite for ever', 'POST', 'invites', { maxUses: 1, days: 100_000 }, [400, 'malformed']],
    ['an invite for nobody', 'POST', 'invites', { maxUses: 0, days: 1 }, [400, 'malformed']],
    ['an unknown invite', 'DELETE', `invites/${uuidv7()}`, undefined, [404, 'not-found']],
    ['what is not there', 'GET', 'no-such-thing', undefined, [404, 'not-found']],
  ] as const)('%s is refused (%s %s)', async (_what, method, path, body, refused) => {
    const { alice } = await setup()
    expect(await code(await alice.request(method, `/api/admin/${path}`, body))).toEqual(refused)
  })

  test('[S10] an administrator cannot be blocked, not even by themselves', async () => {
    const { alice } = await setup()
    expect(await code(await alice.request('PUT', `/api/admin/people/${alice.account.id}/blocked`, { blocked: true }))).toEqual([409, 'taken'])
  })
})

describe('registration', () => {
  test('[S11] anybody may ask how it is', async () => {
    const { server, alice } = await setup()
    const mode = async () => (await (await anonymous(server)('GET', '/api/registration')).json()) as unknown
    expect(await mode()).toEqual({ mode: 'open' })
    expect((await setMode(alice, 'invite')).status).toBe(204)
    expect(await mode()).toEqual({ mode: 'invite' })
  })

  test('[S11] with invites, only who has a good one gets in', async () => {
    const { server, alice } = await setup()
    await setMode(alice, 'invite')
    const { code: secret, invite: made } = await invite(alice, { note: 'for Carol' })
    expect(await code(await trySignUp(server, 'carol'))).toEqual([403, 'forbidden'])
    expect(await code(await trySignUp(server, 'carol', { invite: 'made-up' }))).toEqual([404, 'not-found'])
    expect((await trySignUp(server, 'carol', { invite: secret })).status).toBe(201)
    expect(await code(await trySignUp(server, 'dave', { invite: secret }))).toEqual([404, 'not-found'])
    const { invites } = InvitesPage.parse(await (await alice.request('GET', '/api/admin/invites')).json())
    expect(invites).toEqual([{ ...made, uses: 1 }])
    expect(JSON.stringify(invites)).not.toContain(secret)
  })

  test('[S11] a revoked invite lets nobody in', async () => {
    const { server, alice } = await setup()
    await setMode(alice, 'invite')
    const { code: secret, invite: made } = await invite(alice)
    expect((await alice.request('DELETE', `/api/admin/invites/${made.id}`)).status).toBe(204)
    expect(await code(await trySignUp(server, 'carol', { invite: secret }))).toEqual([404, 'not-found'])
  })

  test('[S11] closed, nobody gets in, also with an invite; who is here goes on', async () => {
    const { server, alice } = await setup()
    const { code: secret } = await invite(alice)
    await setMode(alice, 'closed')
    expect(await code(await trySignUp(server, 'carol', { invite: secret }))).toEqual([403, 'forbidden'])
    expect((await trySignIn(server, 'bob')).status).toBe(201)
  })

  test('[S11] the database and the log hold no code', async () => {
    const { server, alice } = await setup()
    const { code: secret } = await invite(alice)
    await setMode(alice, 'invite')
    await trySignUp(server, 'carol', { invite: secret })
    expect(server.logged.join('')).not.toContain(secret)
  })
})

describe('looking', () => {
  test('[S13] conversations are listed without a word of what is said in them', async () => {
    const { alice, bob } = await setup()
    const group = ConversationId.parse(uuidv7())
    await bob.request('POST', '/api/conversations', { kind: 'group', id: group, name: 'Gardeners', members: [] })
    await bob.request('POST', `/api/conversations/${group}/entries`, { entries: [{ id: uuidv7(), at: Date.now(), kind: 'message', body: { text: 'between us' } }] })
    const words = await (await alice.request('GET', '/api/admin/conversations')).text()
    expect(ConversationsPage.parse(JSON.parse(words)).conversations).toMatchObject([{ id: group, kind: 'group', name: 'Gardeners', members: 1, entries: 1 }])
    expect(words).not.toContain('between us')
    // Being an administrator makes nobody a member.
    expect(await code(await alice.request('GET', `/api/conversations/${group}`))).toEqual([404, 'not-member'])
  })

  test('the figures count what there is', async () => {
    const { alice } = await setup()
    expect(StorageFigures.parse(await (await alice.request('GET', '/api/admin/storage')).json())).toMatchObject({ accounts: 2, placeholders: 0, sessions: 2, conversations: 0, entries: 0 })
  })

  test('[S12] the audit log tells it all, newest first, a page at a time, with the names', async () => {
    const { alice, bob } = await setup()
    await alice.request('PUT', `/api/admin/people/${bob.account.id}/blocked`, { blocked: true })
    await alice.request('PUT', '/api/admin/registration', { mode: 'closed' })
    const page = async (query: string) => AuditPage.parse(await (await alice.request('GET', `/api/admin/audit${query}`)).json())
    const { records, people, before } = await page('?limit=2')
    expect(records).toMatchObject([
      { by: alice.account.id, act: 'registration-set', on: null, detail: 'closed' },
      { by: alice.account.id, act: 'blocked', on: bob.account.id },
    ])
    expect(people.map(({ handle }) => handle).toSorted()).toEqual(['alice', 'bob'])
    expect((await page(`?before=${before}`)).records.map(({ act }) => act)).toEqual(['first-administrator'])
  })
})
