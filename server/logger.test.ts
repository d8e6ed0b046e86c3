import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'
import { newServer } from './testing/newServer.ts'
import { anonymous, newDeviceId, PASSWORD, signIn, signUp } from './testing/signUp.ts'

test('what opens an account or was written by a person is cut out, even where somebody logs it by mistake', () => {
  const lines: string[] = []
  const logger = createLogger('trace', { write: (line) => void lines.push(line) })
  logger.info({ token: 's3cret', request: { password: 's3cret', headers: { cookie: 's3cret', authorization: 's3cret' } }, entry: { body: 's3cret' } }, 'x')
  expect(lines).toHaveLength(1)
  expect(lines.join('')).not.toContain('s3cret')
})

test('[P5] a busy day leaves no message, password, token or search word in the log, and one line a request', async () => {
  const server = await newServer()
  const [alice, bob] = [await signUp(server, 'alice'), await signUp(server, 'bob')]
  const id = uuidv7()
  const answers = [
    await alice.request('POST', '/api/conversations', { kind: 'group', id, name: 'secret-name', members: [bob.account.id] }),
    await alice.request('POST', `/api/conversations/${id}/entries`, { entries: [{ id: uuidv7(), at: 1, kind: 'message', body: { text: 'secret-text' } }] }),
    await alice.request('POST', `/api/conversations/${id}/entries`, { entries: [{ id: uuidv7(), at: 1, kind: 'secret-kind', body: { text: 'secret-text' } }] }),
    await bob.request('GET', `/api/conversations/${id}/entries`),
    await bob.request('GET', '/api/people?q=secret-search'),
    await anonymous(server)('POST', '/api/sessions', { handle: 'secret-handle', password: 'secret-password', device: { id: newDeviceId(), label: 'secret-label' } }),
    await anonymous(server)('POST', '/api/sessions', '{"password":"secret-password"'),
    await anonymous(server)('POST', '/api/accounts', { handle: 'carol', name: 'Carol', password: 'secret', device: { id: newDeviceId(), label: 'x' }, claim: 'secret-claim' }),
    await anonymous(server)('GET', '/api/account', undefined, { authorization: 'Bearer secret-token' }),
    await anonymous(server)('GET', '/secret-path?secret-query'),
    await alice.request('POST', '/api/account/password', { current: PASSWORD, next: 'secret-next-password' }),
  ]
  server.database.conversations.inbox = () => Promise.reject(new Error('broken'))
  answers.push(await alice.request('GET', '/api/inbox'))

  const log = server.logged.join('')
  const written = ['secret', PASSWORD, alice.cookie.split('=')[1] ?? '', bob.cookie.split('=')[1] ?? '', 'argon2id', 'parley_session']
  expect(written.filter((secret) => log.includes(secret))).toEqual([])

  const requests = server.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request')
  expect(requests.slice(2).map(({ status }) => status)).toEqual(answers.map(({ status }) => status))
  expect(requests.at(-1)).toEqual({ level: 30, time: expect.any(Number), method: 'GET', route: '/api/inbox', status: 500, ms: expect.any(Number), requestId: answers.at(-1)?.headers.get('x-request-id'), msg: 'request' })
  await expect(signIn(server, 'bob')).resolves.toBeDefined()
})
