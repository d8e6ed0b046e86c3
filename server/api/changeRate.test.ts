import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { CHANGE_RATE_CHANGES, CHANGE_RATE_SECONDS } from '../../shared/limits.ts'
import { newServer } from '../testing/newServer.ts'
import type { Device } from '../testing/signUp.ts'
import { signIn, signUp } from '../testing/signUp.ts'

const change = (device: Device, method = 'PATCH') => device.request(method, `/api/conversations/${uuidv7()}`, { name: 'Lunch' })

test('[S15] an account changes so much in a minute, from all its devices; then it is told how long to wait', async () => {
  const server = await newServer()
  const [laptop, phone, bob] = [await signUp(server, 'alice'), await signIn(server, 'alice'), await signUp(server, 'bob')]
  const id = uuidv7()
  await laptop.request('POST', '/api/conversations', { kind: 'group', id, name: 'Lunch', members: [] })
  // What is refused for another reason counts as well: it was work.
  for (let made = 1; made < CHANGE_RATE_CHANGES; made += 1) expect((await change(made % 2 === 0 ? laptop : phone)).status).toBe(404)

  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const refused = await change(phone, method)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(CHANGE_RATE_SECONDS)
    expect(await refused.json()).toMatchObject({ refusal: { code: 'rate-limited', retry: true, retryAfter: expect.any(Number), words: expect.stringMatching(/Wait/) } })
  }
  // Reading goes on, and so does writing messages, which has its own limit; nobody else is concerned.
  expect((await laptop.request('GET', '/api/inbox')).status).toBe(200)
  const entry = { id: uuidv7(), at: Date.now(), kind: 'message', body: { text: 'hello' } }
  expect((await laptop.request('POST', `/api/conversations/${id}/entries`, { entries: [entry] })).status).toBe(200)
  expect((await change(bob)).status).toBe(404)
})
