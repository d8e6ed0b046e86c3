import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { ConversationAnswer } from '../../shared/protocol/api.ts'
import { NewJoinLink } from '../../shared/protocol/joinLinks.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { TestSocket } from '../gateway/stage.ts'
import { newServer } from '../testing/newServer.ts'
import type { Device } from '../testing/signUp.ts'
import { signUp } from '../testing/signUp.ts'

async function setup() {
  const server = await newServer()
  const [alice, bob, carol, eve] = [await signUp(server, 'alice'), await signUp(server, 'bob'), await signUp(server, 'carol'), await signUp(server, 'eve')]
  const created = await alice.request('POST', '/api/conversations', { kind: 'group', id: uuidv7(), name: 'Trip', members: [bob.account.id, carol.account.id] })
  const { conversation } = ConversationAnswer.parse(await created.json()).row
  const group = `/api/conversations/${conversation}`
  await alice.request('PUT', `${group}/members/${bob.account.id}/role`, { role: 'admin' })
  const { code } = NewJoinLink.parse(await (await alice.request('POST', `${group}/links`, { days: 1, maxUses: 9, approval: true })).json())
  const connect = async ({ cookie }: Device) => {
    const socket = new TestSocket(`ws://127.0.0.1:${server.port}/sync`)
    socket.say({ type: 'hello', version: PROTOCOL_VERSION, token: cookie.replace('parley_session=', '') })
    await socket.next('welcome')
    return socket
  }
  return { alice, bob, carol, eve, group, conversation, connect, ask: () => eve.request('POST', `/api/invites/${code}`), request: `${group}/requests/${eve.account.id}` }
}

const asks = (count: number) => ({ rows: [row] }: { rows: { asking?: { count: number } | undefined }[] }) => row?.asking?.count === count
const nobodyAsks = ({ rows: [row] }: { rows: { asking?: unknown }[] }) => row !== undefined && row.asking === undefined

test('[C5] who decides is told at once that somebody asks, on all devices, and that it is decided; others hear nothing', async () => {
  const { alice, bob, carol, eve, conversation, connect, ask, request } = await setup()
  const [alices, second, bobs, carols, eves] = [await connect(alice), await connect(alice), await connect(bob), await connect(carol), await connect(eve)]
  await ask()
  for (const socket of [alices, second, bobs]) expect((await socket.next('inbox', asks(1))).rows).toMatchObject([{ conversation }])
  for (const socket of [alices, second, bobs]) socket.told.length = 0
  await bob.request('DELETE', request)
  for (const socket of [alices, second, bobs]) await socket.next('inbox', nobodyAsks)
  expect(await eves.next('join-answer')).toEqual({ type: 'join-answer', conversation, name: 'Trip', accepted: false })
  await carols.roundTrip()
  // That Bob became an admin may still be told to all.
  expect(carols.told.every((message) => message.type === 'welcome' || message.type === 'pong' || (message.type === 'inbox' && nobodyAsks(message)))).toBe(true)
})

test('[C5] whoever is let in hears so and gets the conversation; those who decide see nobody waiting', async () => {
  const { alice, bob, eve, conversation, connect, ask, request } = await setup()
  const [bobs, eves] = [await connect(bob), await connect(eve)]
  await ask()
  await bobs.next('inbox', asks(1))
  bobs.told.length = 0
  expect((await alice.request('PUT', request)).status).toBe(204)
  await bobs.next('inbox', nobodyAsks)
  expect((await eves.next('inbox')).rows).toMatchObject([{ conversation, role: 'member' }])
  expect(await eves.next('join-answer')).toMatchObject({ conversation, accepted: true })
})

test('[C5] many who ask within a moment are told as one', async () => {
  const { alice, connect, ask, request } = await setup()
  const socket = await connect(alice)
  // Asking, declined, asking again: three changes, all within the moment.
  await ask()
  await alice.request('DELETE', request)
  await ask()
  await socket.next('inbox', asks(1))
  expect(socket.told.filter(({ type }) => type === 'inbox').length).toBeLessThan(3)
})

test('[C5] whoever was away when they were declined, or kept out, finds it on return, until they have read it', async () => {
  const { alice, bob, eve, group, conversation, connect, ask, request } = await setup()
  const answers = async (device: Device) => {
    const socket = await connect(device)
    await socket.roundTrip()
    return socket.told.filter(({ type }) => type === 'join-answer')
  }
  const no = { type: 'join-answer', conversation, name: 'Trip', accepted: false }
  await ask()
  expect(await answers(eve)).toEqual([])
  await bob.request('DELETE', request)
  expect(await answers(eve)).toEqual([no])
  expect(await answers(eve)).toEqual([no])
  expect(await answers(bob)).toEqual([])
  expect((await bob.request('DELETE', `/api/me/declined/${conversation}`)).status).toBe(204)
  expect(await answers(eve)).toEqual([no])
  expect((await eve.request('DELETE', `/api/me/declined/${conversation}`)).status).toBe(204)
  expect(await answers(eve)).toEqual([])

  await ask()
  const eves = await connect(eve)
  expect((await alice.request('PUT', `${group}/bans/${eve.account.id}`)).status).toBe(204)
  expect(await eves.next('join-answer')).toEqual(no)
  expect(await answers(eve)).toEqual([no])
})

test('[C5] of two who decide at once one is heard, and what whoever asked hears last is so', async () => {
  const { alice, bob, eve, conversation, connect, ask, request } = await setup()
  const eves = await connect(eve)
  await ask()
  const statuses = await Promise.all([alice.request('DELETE', request), bob.request('DELETE', request)])
  expect(statuses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 404])
  await eves.next('join-answer')
  await ask()
  await Promise.all([alice.request('PUT', request), bob.request('DELETE', request)])
  await eves.roundTrip()
  const [, ...heard] = eves.told.filter((message) => message.type === 'join-answer')
  const isIn = (await eve.request('GET', `/api/conversations/${conversation}`)).status === 200
  expect(heard.at(-1)?.accepted).toBe(isIn)
})
