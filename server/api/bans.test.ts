import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { Bans, ChannelsPage, ConversationAnswer } from '../../shared/protocol/api.ts'
import { Accepted, JoinRequests, NewJoinLink } from '../../shared/protocol/joinLinks.ts'
import { newServer } from '../testing/newServer.ts'
import { signUp } from '../testing/signUp.ts'

async function setup(kind: 'group' | 'channel' = 'group') {
  const server = await newServer()
  const [alice, bob, eve, dora] = [await signUp(server, 'alice'), await signUp(server, 'bob'), await signUp(server, 'eve'), await signUp(server, 'dora')]
  const created = await alice.request('POST', '/api/conversations', { kind, id: uuidv7(), name: 'Trip', members: [bob.account.id, dora.account.id] })
  const { conversation } = ConversationAnswer.parse(await created.json()).row
  const place = `/api/conversations/${conversation}`
  const link = async (approval: boolean) => NewJoinLink.parse(await (await alice.request('POST', `${place}/links`, { days: 1, maxUses: 9, approval })).json()).code
  return { server, alice, bob, eve, dora, conversation, place, link, ban: `${place}/bans/${bob.account.id}` }
}

const refused = async (answer: Response) => {
  const { refusal } = await answer.json()
  return [answer.status, refusal.code, refusal.reason]
}

test('[M5] whoever is banned is out, and no route lets them back: directory, joining, links, asking, being added', async () => {
  const { alice, bob, dora, place, conversation, link, ban } = await setup('channel')
  const [open, asking] = [await link(false), await link(true)]
  expect((await alice.request('PUT', ban)).status).toBe(204)
  expect((await bob.request('GET', place)).status).toBe(404)
  expect(ChannelsPage.parse(await (await bob.request('GET', '/api/channels')).json()).channels).toEqual([])
  for (const answer of [
    await bob.request('POST', `/api/channels/${conversation}/join`),
    await bob.request('GET', `/api/channels/${conversation}/preview`),
    await bob.request('GET', `/api/invites/${open}`),
    await bob.request('POST', `/api/invites/${open}`),
    await bob.request('POST', `/api/invites/${asking}`),
  ]) {
    expect(await refused(answer)).toEqual([403, 'forbidden', 'banned'])
  }
  // In a channel any member may add others, but not whom an admin keeps out; nor does an admin by the way.
  for (const device of [dora, alice]) expect(await refused(await device.request('POST', `${place}/members`, { users: [bob.account.id] }))).toEqual([403, 'forbidden', 'others-banned'])
  expect(JoinRequests.parse(await (await alice.request('GET', `${place}/requests`)).json()).requests).toEqual([])
})

test('[M5] who may remove members sees who is banned and allows it again, which brings nobody back', async () => {
  const { alice, bob, place, link, ban } = await setup()
  const code = await link(false)
  await alice.request('PUT', ban)
  expect(Bans.parse(await (await alice.request('GET', `${place}/bans`)).json())).toMatchObject({ bans: [{ user: bob.account.id, by: alice.account.id }], people: expect.arrayContaining([expect.objectContaining({ name: 'bob' })]) })
  expect((await alice.request('DELETE', ban)).status).toBe(204)
  expect(await refused(await alice.request('DELETE', ban))).toEqual([404, 'not-found', 'not-banned'])
  expect((await bob.request('GET', place)).status).toBe(404)
  expect(Accepted.parse(await (await bob.request('POST', `/api/invites/${code}`)).json())).toMatchObject({ outcome: 'joined' })
  const { tail } = await (await alice.request('GET', `${place}/paint`)).json()
  expect(tail.map(({ body }: { body: { type: string } }) => body.type)).toEqual(['banned', 'unbanned', 'joined'])
})

test('[M5] [S6] members ban nobody, admins no admins, and nobody themselves; strangers learn nothing', async () => {
  const { alice, bob, dora, eve, place } = await setup()
  const bans = `${place}/bans`
  expect(await refused(await bob.request('PUT', `${bans}/${dora.account.id}`))).toEqual([403, 'forbidden', 'role-in-group'])
  expect(await refused(await bob.request('GET', bans))).toEqual([403, 'forbidden', 'role-in-group'])
  expect(await refused(await bob.request('DELETE', `${bans}/${dora.account.id}`))).toEqual([403, 'forbidden', 'role-in-group'])
  for (const method of ['PUT', 'DELETE'] as const) expect(await refused(await eve.request(method, `${bans}/${dora.account.id}`))).toEqual([404, 'not-member', undefined])
  expect(await refused(await eve.request('GET', bans))).toEqual([404, 'not-member', undefined])
  for (const admin of [bob, dora]) await alice.request('PUT', `${place}/members/${admin.account.id}/role`, { role: 'admin' })
  expect(await refused(await bob.request('PUT', `${bans}/${dora.account.id}`))).toEqual([403, 'forbidden', 'role-in-group'])
  expect(await refused(await bob.request('PUT', `${bans}/${alice.account.id}`))).toEqual([403, 'forbidden', 'role-in-group'])
  expect(await refused(await alice.request('PUT', `${bans}/${alice.account.id}`))).toEqual([403, 'forbidden', 'ban-oneself'])
  expect(await refused(await bob.request('PUT', `${bans}/${uuidv7()}`))).toEqual([404, 'not-found', 'no-account'])
  const direct = ConversationAnswer.parse(await (await alice.request('POST', '/api/conversations', { kind: 'direct', with: eve.account.id })).json()).row.conversation
  expect(await refused(await alice.request('PUT', `/api/conversations/${direct}/bans/${eve.account.id}`))).toEqual([403, 'forbidden', 'two-people-only'])
})

test('a group is made with topic and permissions in one request, and again with the same id it is the same', async () => {
  const { alice, bob } = await setup()
  const wanted = { kind: 'channel', id: uuidv7(), name: 'Notices', topic: 'From the office', permissions: { write: 'admin', invite: 'member', pin: 'admin', describe: 'admin' }, members: [bob.account.id] }
  const [first, again] = [await alice.request('POST', '/api/conversations', wanted), await alice.request('POST', '/api/conversations', wanted)]
  expect(ConversationAnswer.parse(await again.json())).toEqual(ConversationAnswer.parse(await first.json()))
  const { conversation } = await (await bob.request('GET', `/api/conversations/${wanted.id}/paint`)).json()
  expect(conversation).toMatchObject({ topic: 'From the office', permissions: wanted.permissions })
  expect('banned' in conversation).toBe(false)
  expect((await alice.request('POST', '/api/conversations', { ...wanted, id: uuidv7(), permissions: { write: 'nobody' } })).status).toBe(400)
})
