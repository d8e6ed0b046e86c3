import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { OwnAccount, People, Sessions, SignedIn } from '../../shared/protocol/api.ts'
import type { TestServer } from '../testing/newServer.ts'
import { newServer } from '../testing/newServer.ts'
import { anonymous, newDeviceId, PASSWORD, signIn, signUp } from '../testing/signUp.ts'

const code = async (answer: Response) => [answer.status, (await answer.json()).refusal?.code]

describe('signing up and in', () => {
  test('a browser gets the token as a cookie that scripts cannot read, and only there', async () => {
    const server = await newServer()
    const answer = await anonymous(server)('POST', '/api/accounts', { handle: 'alice', name: 'Alice', password: PASSWORD, device: { id: newDeviceId(), label: 'laptop' } })
    expect(answer.status).toBe(201)
    expect(await answer.json()).not.toHaveProperty('token')
    expect(answer.headers.get('set-cookie')).toMatch(/^parley_session=[a-z0-9]{30,}; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('behind TLS the cookie travels over TLS alone, to this very host, and is taken back under no other name', async () => {
    const server = await newServer({ settings: { PUBLIC_ORIGIN: 'https://chat.example.org' } })
    const { cookie } = await signUp(server, 'alice')
    const plain = await fetch(`http://127.0.0.1:${server.port}/api/account`, { headers: { cookie: cookie.replace('__Host-', '') } })
    expect(plain.status).toBe(401)
    const answer = await fetch(`http://127.0.0.1:${server.port}/api/sessions/current`, { method: 'DELETE', headers: { cookie, origin: 'https://chat.example.org' } })
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-parley_session=;.*; Path=\/; .*; Secure/)
    expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=/)
  })

  test('another program gets the token in the answer and no cookie', async () => {
    const server = await newServer()
    await signUp(server, 'alice')
    const answer = await anonymous(server)('POST', '/api/sessions', { handle: 'alice', password: PASSWORD, device: { id: newDeviceId(), label: 'bot' }, credentials: 'bearer' })
    expect(answer.headers.get('set-cookie')).toBeNull()
    const { token = '' } = SignedIn.parse(await answer.json())
    const account = await fetch(`http://127.0.0.1:${server.port}/api/account`, { headers: { authorization: `Bearer ${token}` } })
    expect(OwnAccount.parse(await account.json())).toMatchObject({ account: { handle: 'alice' }, session: { label: 'bot', current: true } })
  })

  test('[S2] an unknown handle and a wrong password are answered alike, to the letter', async () => {
    const server = await newServer()
    await signUp(server, 'alice')
    const device = { id: newDeviceId(), label: 'x' }
    const [wrong, unknown] = await Promise.all(
      ['alice', 'nobody'].map((handle) => anonymous(server)('POST', '/api/sessions', { handle, password: 'no', device })),
    )
    expect(wrong?.status).toBe(401)
    expect(unknown?.status).toBe(401)
    expect(await wrong?.text()).toBe(await unknown?.text())
    expect([...(wrong?.headers.keys() ?? [])]).toEqual([...(unknown?.headers.keys() ?? [])])
  })

  test('[S2] too many tries are refused with a time to wait', async () => {
    const server = await newServer()
    const attempt = () => anonymous(server)('POST', '/api/sessions', { handle: 'alice', password: 'no', device: { id: newDeviceId(), label: 'x' } })
    for (let n = 0; n < 10; n++) expect((await attempt()).status).toBe(401)
    const refused = await attempt()
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await code(refused)).toEqual([429, 'rate-limited'])
  })

  test('X-Forwarded-For counts only as far as our own proxies wrote it', async () => {
    const open = await newServer()
    for (let n = 0; n < 10; n++) await tryFrom(open, `192.0.2.${n}`)
    expect((await tryFrom(open, '192.0.2.99')).status).toBe(429)

    const proxied = await newServer({ settings: { TRUST_PROXY: '1' } })
    for (let n = 0; n < 10; n++) await tryFrom(proxied, `203.0.113.${n}, 192.0.2.1`)
    expect((await tryFrom(proxied, '203.0.113.99, 192.0.2.1')).status).toBe(429)
    expect((await tryFrom(proxied, '203.0.113.99, 192.0.2.2')).status).toBe(401)
  })

  test.each([
    ['an upper-case handle', { handle: 'Alice' }],
    ['a handle of one letter', { handle: 'a' }],
    ['a name that hides', { name: 'Alice\u202e' }],
    ['a name that is not there', { name: '\u3164\u200d' }],
    ['an empty name', { name: '   ' }],
    ['a short password', { password: 'short' }],
    ['a password of a megabyte', { password: 'x'.repeat(100_000) }],
    ['a device that is no id', { device: { id: 'laptop', label: 'x' } }],
    ['a field we do not know', { admin: true }],
  ])('%s is refused with words', async (_what, wrong) => {
    const server = await newServer()
    const answer = await anonymous(server)('POST', '/api/accounts', { handle: 'alice', name: 'Alice', password: PASSWORD, device: { id: newDeviceId(), label: 'x' }, ...wrong })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ refusal: { code: 'malformed', retry: false, words: expect.stringMatching(/\w/) } })
  })
})

function tryFrom(server: TestServer, forwarded: string): Promise<Response> {
  return anonymous(server)('POST', '/api/sessions', { handle: 'alice', password: 'no', device: { id: newDeviceId(), label: 'x' } }, { 'x-forwarded-for': forwarded })
}

describe('sessions', () => {
  test('the devices are listed, and another one can be signed out', async () => {
    const server = await newServer()
    const laptop = await signUp(server, 'alice')
    const phone = await signIn(server, 'alice')
    const { sessions } = Sessions.parse(await (await laptop.request('GET', '/api/sessions')).json())
    expect(new Map(sessions.map(({ id, current }) => [id, current]))).toEqual(new Map([[laptop.session.id, true], [phone.session.id, false]]))

    expect((await laptop.request('DELETE', `/api/sessions/${phone.session.id}`)).status).toBe(204)
    expect(await code(await phone.request('GET', '/api/account'))).toEqual([401, 'signed-out'])
    expect(await code(await laptop.request('DELETE', `/api/sessions/${phone.session.id}`))).toEqual([404, 'not-found'])
  })

  test('[S4] signing out ends the session on the server, and the browser forgets it', async () => {
    const server = await newServer()
    const alice = await signUp(server, 'alice')
    const answer = await alice.request('DELETE', '/api/sessions/current')
    expect(answer.status).toBe(204)
    expect(answer.headers.get('set-cookie')).toMatch(/^parley_session=;.*Max-Age=0/)
    // A copy of the cookie is worth nothing.
    expect((await alice.request('GET', '/api/account')).status).toBe(401)
  })

  test('bob cannot sign alice out', async () => {
    const server = await newServer()
    const [alice, bob] = [await signUp(server, 'alice'), await signUp(server, 'bob')]
    expect(await code(await bob.request('DELETE', `/api/sessions/${alice.session.id}`))).toEqual([404, 'not-found'])
    expect((await alice.request('GET', '/api/account')).status).toBe(200)
  })

  test('a new password signs the other devices out', async () => {
    const server = await newServer()
    const laptop = await signUp(server, 'alice')
    const phone = await signIn(server, 'alice')
    expect(await code(await laptop.request('POST', '/api/account/password', { current: 'wrong', next: 'another walk in the rain' }))).toEqual([401, 'credentials'])
    expect((await laptop.request('POST', '/api/account/password', { current: PASSWORD, next: 'another walk in the rain' })).status).toBe(204)
    expect((await phone.request('GET', '/api/account')).status).toBe(401)
    expect((await laptop.request('GET', '/api/account')).status).toBe(200)
  })

  test.each(['', 'Bearer', 'Bearer ', 'Basic YWxpY2U6cHc=', 'Bearer a b', "Bearer ' OR 1=1 --", `Bearer ${'x'.repeat(5000)}`])('the authorization %j opens nothing, cookie or not', async (authorization) => {
    const server = await newServer()
    const alice = await signUp(server, 'alice')
    expect(await code(await alice.request('GET', '/api/account', undefined, { authorization }))).toEqual([401, 'signed-out'])
  })
})

describe('people', () => {
  test('are found by the start of a handle or of a word of their name, or by id', async () => {
    const server = await newServer()
    const [alice, bob] = [await signUp(server, 'alice'), await signUp(server, 'bob')]
    const found = async (query: string) => People.parse(await (await alice.request('GET', `/api/people?${query}`)).json()).people
    expect(await found('q=bo')).toEqual([bob.account])
    expect(await found('q=ob')).toEqual([])
    expect(await found('q=%25')).toEqual([])
    expect(await found('q=')).toEqual([])
    expect(await found(`ids=${bob.account.id},${uuidv7()}`)).toEqual([bob.account])
  })

  test('ids that are none, or too many, are refused', async () => {
    const server = await newServer()
    const alice = await signUp(server, 'alice')
    expect(await code(await alice.request('GET', '/api/people?ids=1,2'))).toEqual([400, 'malformed'])
    expect(await code(await alice.request('GET', `/api/people?ids=${Array.from({ length: 101 }, () => uuidv7()).join(',')}`))).toEqual([400, 'malformed'])
  })
})
