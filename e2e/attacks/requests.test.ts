// HTTP in the hands of somebody who does not use our client.

import { request as httpRequest } from 'node:http'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { textOf } from '../../shared/conversation/entry.ts'
import { PREVIEW_MAX_CHARS, TEXT_MAX_CHARS } from '../../shared/limits.ts'
import { ConversationAnswer, EntriesPage, InboxPage, OwnAccount, People } from '../../shared/protocol/api.ts'
import { NewJoinLink } from '../../shared/protocol/joinLinks.ts'
import { rawRequest } from '../../server/testing/rawRequest.ts'
import { anonymous, newDeviceId, PASSWORD } from '../../server/testing/signUp.ts'
import { entry } from '../../server/gateway/stage.ts'
import { town } from './town.ts'

const MARKUP = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '</title><svg/onload=alert(1)>', 'javascript:alert(1)', '{{7*7}}${7*7}<%= 7 %>', "'; DROP TABLE users; --", '%00%0d%0aSet-Cookie: x=1', '\u0000\u0008\u001b[31m']

describe('keys that nobody asked for', () => {
  it('[S6] make nobody more than they are', async () => {
    const { server, people, group } = await town(['alice', 'mallory'])
    const lunch = await group(people.alice, people.mallory)
    const base = `/api/conversations/${lunch}`
    const alice = people.alice.user
    const bodies = [
      ['POST', '/api/conversations', { kind: 'group', id: uuidv7(), name: 'x', members: [], owner: alice }],
      ['POST', '/api/conversations', { kind: 'direct', with: alice, id: uuidv7() }],
      ['PATCH', base, { name: 'x', role: 'owner' }],
      ['POST', `${base}/members`, { users: [alice], role: 'owner' }],
      ['PUT', `${base}/members/${people.mallory.user}/role`, { role: 'owner', by: alice }],
      ['POST', `${base}/entries`, { entries: [entry('x')], author: alice }],
      ['POST', `${base}/entries`, { entries: [entry('x')], trusted: true }],
      ['POST', '/api/account/password', { current: PASSWORD, next: 'a swim in the sea at nine', user: alice }],
      ['POST', '/api/account/password', { current: PASSWORD, next: 'a swim in the sea at nine', handle: 'alice' }],
    ] as const
    for (const [method, path, body] of bodies) expect([path, (await people.mallory.request(method, path, body)).status]).toEqual([path, 400])
    const signUp = { handle: 'eve', name: 'Eve', password: PASSWORD, device: { id: newDeviceId(), label: 'x' } }
    for (const extra of [{ id: alice }, { placeholder: true }, { passwordHash: 'x' }, { device: { ...signUp.device, user: alice } }]) {
      expect((await anonymous(server)('POST', '/api/accounts', { ...signUp, ...extra })).status).toBe(400)
    }
    expect(await server.database.log.head(lunch)).toBe(0)
    expect(await server.database.conversations.role(lunch, people.mallory.user)).toBe('member')
  })
})

describe('a request that says it is another', () => {
  it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])('by %s is what it is', async (header) => {
    const { people, group } = await town(['alice'])
    const lunch = await group(people.alice)
    const answer = await people.alice.request('GET', `/api/conversations/${lunch}?_method=DELETE`, undefined, { [header]: 'DELETE' })
    expect(answer.status).toBe(200)
    expect((await people.alice.request('POST', `/api/sessions/current?_method=DELETE`, {}, { [header]: 'DELETE' })).status).toBe(404)
    expect((await people.alice.request('GET', '/api/account')).status).toBe(200)
  })

  it.each([
    ['x-original-url', '/api/account'],
    ['x-rewrite-url', '/api/account'],
    ['x-forwarded-host', 'evil.example'],
    ['x-forwarded-prefix', '/api/account'],
  ])('by %s is nobody', async (header, value) => {
    const { server } = await town([])
    const answer = await anonymous(server)('GET', '/healthz', undefined, { [header]: value })
    expect(await answer.json()).toEqual({ status: 'up' })
    expect((await anonymous(server)('GET', '/api/account', undefined, { [header]: value })).status).toBe(401)
  })
})

describe('paths', () => {
  it.each([
    '/api/../server/main.ts',
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/..\\..\\package.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//etc/passwd',
    '/assets//etc/passwd',
    '/assets/%00.js',
    '/file:///etc/passwd',
    '/.env',
    '/data/parley.db',
    '/%c0%ae%c0%ae/package.json',
    '/%',
  ])('%s leads nowhere', async (path) => {
    const { server, up } = await town([])
    const answer = await rawRequest(server.port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 (200|30\d|40\d) /)
    expect(answer).not.toMatch(/"dependencies"|root:x:|SQLite format|startServer/)
    expect(await up()).toBe(true)
  })

  it.each(['/api//account', '/API/account', '/api/account/', '/api/./account', '/api/account%2f', '/api/%61ccount', '/api/account;x=1', '/api/account%00'])('no spelling of them goes around the sign-in: %s', async (path) => {
    const { server } = await town([])
    const answer = await rawRequest(server.port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    expect(answer).not.toMatch(/"handle"|"session"/)
  })

  it.each(['%00', '..', '%2e%2e', '__proto__', '1', 'null', "' OR 1=1 --", 'a'.repeat(5_000)])('an id that is %s is refused like any other', async (id) => {
    const { people } = await town(['alice'])
    for (const path of [`/api/conversations/${encodeURIComponent(id)}`, `/api/conversations/${encodeURIComponent(id)}/entries`, `/api/conversations/${uuidv7()}/segments/${encodeURIComponent(id)}`]) {
      const { status } = await people.alice.request('GET', path)
      expect([400, 404]).toContain(status)
    }
  })

  it('[S7] numbers at the edge of what numbers are read nothing they should not', async () => {
    const { people, group } = await town(['alice'])
    const lunch = await group(people.alice)
    await people.alice.request('POST', `/api/conversations/${lunch}/entries`, { entries: [entry('one')] })
    for (const query of ['before=1e15', 'before=9007199254740991', 'limit=512', 'before=2&limit=1']) {
      expect(EntriesPage.parse(await (await people.alice.request('GET', `/api/conversations/${lunch}/entries?${query}`)).json()).entries).toHaveLength(1)
    }
    for (const query of ['before=0', 'before=-1', 'before=1.5', 'before=NaN', 'before=Infinity', 'before=1e400', 'limit=0', 'limit=513', 'limit=', 'before=9007199254740993', 'before[]=1x']) {
      expect([query, (await people.alice.request('GET', `/api/conversations/${lunch}/entries?${query}`)).status]).toEqual([query, query.startsWith('before[]') ? 200 : 400])
    }
    for (const segment of ['-1', '00', '1e3', '9'.repeat(30), '999999999']) expect([400, 404]).toContain((await people.alice.request('GET', `/api/conversations/${lunch}/segments/${segment}`)).status)
  })
})

describe('a form on another site', () => {
  it.each([
    ['text/plain', '{"kind":"group","id":"01900000-0000-7000-8000-000000000000","name":"x","members":[],"x":"="}'],
    ['application/x-www-form-urlencoded', 'kind=group&name=x'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\ngroup\r\n--x--\r\n'],
    ['', '{"kind":"group","id":"01900000-0000-7000-8000-000000000000","name":"x","members":[]}'],
    ['application/json', '{"kind":"group","id":"01900000-0000-7000-8000-000000000000","name":"x","members":[]}'],
  ])('[S3] of type %j starts nothing in somebody\u2019s name', async (type, body) => {
    const { people } = await town(['alice'])
    for (const origin of ['https://evil.example', 'null']) {
      expect((await people.alice.request('POST', '/api/conversations', body, { origin, 'content-type': type })).status).toBe(403)
    }
    expect(InboxPage.parse(await (await people.alice.request('GET', '/api/inbox')).json()).rows).toEqual([])
  })

  it('[S3] cannot make a read change anything', async () => {
    const { people, group } = await town(['alice'])
    const lunch = await group(people.alice)
    for (const path of [`/api/conversations/${lunch}/entries?entries=x`, '/api/sessions/current', `/api/conversations/${lunch}/members/${people.alice.user}`]) {
      await people.alice.request('GET', path, undefined, { origin: 'https://evil.example' })
    }
    expect((await people.alice.request('GET', `/api/conversations/${lunch}`)).status).toBe(200)
  })
})

describe('text', () => {
  it('[A9] is kept to the letter, whatever markup or control it holds, and answered as data', async () => {
    const { server, people, group } = await town(['alice', 'bob'])
    const lunch = await group(people.alice, people.bob)
    const entries = MARKUP.map((text) => entry(text))
    expect((await people.alice.request('POST', `/api/conversations/${lunch}/entries`, { entries })).status).toBe(200)
    const answer = await people.bob.request('GET', `/api/conversations/${lunch}/entries`)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(EntriesPage.parse(await answer.json()).entries.map(textOf)).toEqual(MARKUP)

    for (const name of MARKUP.filter((text) => !/\p{Cc}/u.test(text))) {
      const renamed = await people.alice.request('PATCH', `/api/conversations/${lunch}`, { name })
      expect(ConversationAnswer.parse(await renamed.json()).row.name).toBe(name)
      await people.bob.request('GET', `/api/people?q=${encodeURIComponent(name)}`)
    }
    for (const name of ['\u0000', 'a\u202eb', '\u200b', ' \t ', 'x'.repeat(65)]) expect((await people.alice.request('PATCH', `/api/conversations/${lunch}`, { name })).status).toBe(400)
    expect(await server.database.accounts.byHandle('alice')).not.toBeNull()
  })

  it('[P5] of people is in no log, wherever they put it', async () => {
    const { server, people, group, connect } = await town(['alice'])
    const lunch = await group(people.alice)
    const secret = 'xyzzy-secret'
    await people.alice.request('POST', `/api/conversations/${lunch}/entries`, { entries: [entry(secret)] })
    await people.alice.request('PATCH', `/api/conversations/${lunch}`, { name: secret })
    await people.alice.request('GET', `/api/people?q=${secret}`)
    await people.alice.request('GET', `/${secret}?${secret}=1`, undefined, { 'user-agent': secret, referer: `http://x/${secret}` })
    await people.alice.request('POST', `/api/conversations/${lunch}/entries`, `{"${secret}":`)
    await anonymous(server)('POST', '/api/sessions', { handle: 'alice', password: secret, device: { id: newDeviceId(), label: secret } })
    await (await connect(people.alice)).append(lunch, entry(secret), { [secret]: secret })
    const log = server.logged.join('\n')
    expect(log).not.toContain(secret)
    expect(log).not.toContain(people.alice.token)
  })

  it('[A9] has a length, and a preview has a shorter one', async () => {
    const { people, group } = await town(['alice'])
    const lunch = await group(people.alice)
    const append = async (text: unknown) => (await (await people.alice.request('POST', `/api/conversations/${lunch}/entries`, { entries: [{ ...entry('x'), body: { text } }] })).json()).results[0]
    expect(await append('\u{1f600}'.repeat(TEXT_MAX_CHARS / 2))).toMatchObject({ seq: 1 })
    expect(await append('x'.repeat(TEXT_MAX_CHARS + 1))).toMatchObject({ refusal: { code: 'too-large' } })
    // Control characters cost six bytes each in JSON: within the characters, beyond the bytes.
    expect(await append('\u0001'.repeat(TEXT_MAX_CHARS))).toMatchObject({ refusal: { code: 'too-large' } })
    for (const text of ['', '\ud800', 'a\udc00b', 7, null, ['x'], { text: 'x' }]) expect(await append(text)).toMatchObject({ refusal: { code: 'malformed' } })
    const [row] = InboxPage.parse(await (await people.alice.request('GET', '/api/inbox')).json()).rows
    expect(row?.last?.preview.length).toBeLessThanOrEqual(PREVIEW_MAX_CHARS)
  })

  it('[A10] written tomorrow was written now, and at the beginning of time was written then', async () => {
    const { server, people, group } = await town(['alice'])
    const lunch = await group(people.alice)
    const at = [Date.now() + 86_400_000, 8_640_000_000_000_000, 0, 1]
    await people.alice.request('POST', `/api/conversations/${lunch}/entries`, { entries: at.map((time) => entry('x', { at: time })) })
    const stored = (await server.database.log.read(lunch, 1 as never, 9 as never)).map((one) => one.at) // any range
    expect(stored.slice(2)).toEqual([0, 1])
    for (const time of stored) expect(time).toBeLessThanOrEqual(Date.now())
  })
})

it('a name finds people by letters, not by patterns', async () => {
  const { people } = await town(['alice', 'bob'])
  for (const q of ['%', '_', '*', '"', "'", '\\', 'a%', '\u{10ffff}']) {
    expect(People.parse(await (await people.alice.request('GET', `/api/people?q=${encodeURIComponent(q)}`)).json()).people).toEqual([])
  }
})

it('two cookies, or a cookie beside a token, are one session or none', async () => {
  const { server, people } = await town(['alice', 'mallory'])
  const ask = (headers: Record<string, string | string[]>) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const asked = httpRequest({ port: server.port, host: '127.0.0.1', path: '/api/account', headers, agent: false }, (answer) => {
        let body = ''
        answer.setEncoding('utf8').on('data', (text: string) => (body += text)).on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
      })
      asked.on('error', reject).end()
    })
  const cookie = `parley_session=${people.alice.token}`
  // A token that is wrong is not made up for by the cookie that a browser sends by itself.
  expect((await ask({ cookie, authorization: 'Bearer guessed' })).status).toBe(401)
  expect(OwnAccount.parse(JSON.parse((await ask({ cookie, authorization: `Bearer ${people.mallory.token}` })).body)).account.id).toBe(people.mallory.user)
  const both = await ask({ cookie: `${cookie}; parley_session=${people.mallory.token}` })
  expect(OwnAccount.parse(JSON.parse(both.body)).account.id).toBe(people.alice.user)
})

describe('somebody who was banned', () => {
  it('[M5] comes in by no route, socket or document, whatever they kept from before', async () => {
    const { people, group, connect, replica, server } = await town(['alice', 'mallory', 'bob'])
    const lunch = await group(people.alice, people.mallory, people.bob)
    const base = `/api/conversations/${lunch}`
    const { code } = NewJoinLink.parse(await (await people.alice.request('POST', `${base}/links`, { days: 1, maxUses: 9, approval: false })).json())
    const socket = await connect(people.mallory)
    await socket.open(lunch)
    expect((await people.alice.request('PUT', `${base}/bans/${people.mallory.user}`)).status).toBe(204)
    await socket.next('removed')

    const { mallory } = people
    const tries = [
      ['POST', `${base}/members`, { users: [mallory.user] }],
      ['POST', `/api/channels/${lunch}/join`, undefined],
      ['POST', `/api/invites/${code}`, undefined],
      ['PUT', `${base}/requests/${mallory.user}`, undefined],
      ['DELETE', `${base}/bans/${mallory.user}`, undefined],
      ['PUT', `${base}/bans/${people.alice.user}`, undefined],
      ['PUT', `${base}/members/${mallory.user}/role`, { role: 'owner' }],
      ['PATCH', base, { name: 'mine' }],
      ['GET', `${base}/bans`, undefined],
      ['GET', `${base}/entries`, undefined],
      ['GET', `${base}/paint`, undefined],
    ] as const
    for (const [method, path, body] of tries) expect([path, (await mallory.request(method, path, body)).status]).toEqual([path, expect.toBeOneOf([403, 404])])
    // All at once, and while somebody adds others: none of them slips in beside the ban.
    const others = Array.from({ length: 20 }, () => mallory.request('POST', `/api/invites/${code}`))
    for (const { status } of await Promise.all(others)) expect(status).toBe(403)
    expect(await socket.append(lunch, entry('still here'))).toMatchObject({ refusal: { code: 'not-member' } })
    expect(await socket.open(lunch)).toMatchObject({ type: 'refused' })
    expect(await replica(mallory, `log/${lunch}/0`).denied).toBeTruthy()
    expect(await replica(mallory, `control/${lunch}`).denied).toBeTruthy()
    expect(await server.database.conversations.role(lunch, mallory.user)).toBeNull()
    expect((await server.database.joinLinks.list(lunch))[0]?.uses).toBe(0)
  })

  it('[M5] who races the ban with a link is out in the end, or was never in', async () => {
    const { people, group, server } = await town(['alice', 'mallory', 'bob'])
    const lunch = await group(people.alice, people.bob)
    const base = `/api/conversations/${lunch}`
    const { code } = NewJoinLink.parse(await (await people.alice.request('POST', `${base}/links`, { days: 1, maxUses: 99, approval: false })).json())
    await Promise.all([people.mallory.request('POST', `/api/invites/${code}`), people.alice.request('PUT', `${base}/bans/${people.mallory.user}`), people.mallory.request('POST', `/api/invites/${code}`)])
    expect(await server.database.conversations.role(lunch, people.mallory.user)).toBeNull()
    expect(await server.database.conversations.bannedOf(lunch, [people.mallory.user])).toEqual([people.mallory.user])
  })
})
