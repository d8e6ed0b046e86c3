import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import type { NewEntry } from '../../shared/conversation/entry.ts'
import { ConversationId, EntryId } from '../../shared/ids.ts'
import { newServer } from '../testing/newServer.ts'
import type { Device } from '../testing/signUp.ts'
import { signUp } from '../testing/signUp.ts'

const said = (text: string): NewEntry => ({ id: EntryId.parse(uuidv7()), at: Date.now(), kind: 'message', body: { text } })
const reply = (to: NewEntry, text: string): NewEntry => ({ id: EntryId.parse(uuidv7()), at: Date.now(), kind: 'reply', body: { of: to.id, text } })

async function setup() {
  const server = await newServer()
  const [alice, bob, eve] = [await signUp(server, 'alice'), await signUp(server, 'bob'), await signUp(server, 'eve')]
  const id = ConversationId.parse(uuidv7())
  await alice.request('POST', '/api/conversations', { kind: 'group', id, name: 'Trip', members: [bob.account.id] })
  const say = (by: Device, ...entries: NewEntry[]) => by.request('POST', `/api/conversations/${id}/entries`, { entries })
  return { alice, bob, eve, say, threads: `/api/conversations/${id}/threads` }
}

test('[T3] followed threads come as they read now, a page at a time, the last replied to first', async () => {
  const { alice, bob, say, threads } = await setup()
  const [trains, hotels] = [said('Trains?'), said('Hotels?')]
  await say(alice, trains, hotels)
  const cheap = reply(hotels, 'Cheap ones')
  await say(bob, reply(trains, 'At nine'), cheap, { id: EntryId.parse(uuidv7()), at: Date.now(), kind: 'edit', body: { of: cheap.id, text: 'Cheap ones, please' } })
  const first = await alice.request('GET', `${threads}?limit=1`)
  expect(await first.json()).toMatchObject({
    threads: [{ root: { kind: 'message', body: { text: 'Hotels?' } }, last: { kind: 'reply', body: { text: 'Cheap ones, please' } }, replies: 1, unread: 1 }],
    people: expect.arrayContaining([expect.objectContaining({ handle: 'alice' }), expect.objectContaining({ handle: 'bob' })]),
    before: 4,
  })
  const rest = (await (await alice.request('GET', `${threads}?limit=2&before=4`)).json()) as object
  expect(rest).toMatchObject({ threads: [{ root: { body: { text: 'Trains?' } } }] })
  expect(rest).not.toHaveProperty('before')
})

test('[T3] a thread is followed and left by its address', async () => {
  const { alice, bob, say, threads } = await setup()
  const trains = said('Trains?')
  await say(alice, trains)
  await say(alice, reply(trains, 'At nine'))
  const standing = async () => (await bob.request('GET', `${threads}/1`)).json()
  expect(await standing()).toEqual({ following: false, read: 0 })
  expect((await bob.request('PUT', `${threads}/1/following`, { on: true })).status).toBe(204)
  expect(await standing()).toEqual({ following: true, read: 2 })
  expect((await bob.request('PUT', `${threads}/1/following`, { on: false })).status).toBe(204)
  expect(await standing()).toEqual({ following: false, read: 0 })
  // A reply has no thread, and nor has what is not there.
  expect((await bob.request('PUT', `${threads}/2/following`, { on: true })).status).toBe(404)
  expect((await bob.request('GET', `${threads}/none`)).status).toBe(400)
})

test('[S7] threads of others are as if they were not there', async () => {
  const { alice, eve, say, threads } = await setup()
  await say(alice, said('Trains?'))
  for (const [method, path, body] of [['GET', threads], ['GET', `${threads}/1`], ['PUT', `${threads}/1/following`, { on: true }]] as const) {
    expect((await eve.request(method, path, body)).status).toBe(404)
  }
})
