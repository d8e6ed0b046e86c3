import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { JOIN_LOOKS } from '../../shared/limits.ts'
import { ConversationAnswer } from '../../shared/protocol/api.ts'
import { Accepted, Invitation, JoinLinks, JoinRequests, NewJoinLink } from '../../shared/protocol/joinLinks.ts'
import { newServer } from '../testing/newServer.ts'
import type { Device } from '../testing/signUp.ts'
import { signUp } from '../testing/signUp.ts'

async function setup() {
  const server = await newServer()
  const [alice, bob, eve, dora] = [await signUp(server, 'alice'), await signUp(server, 'bob'), await signUp(server, 'eve'), await signUp(server, 'dora')]
  const created = await alice.request('POST', '/api/conversations', { kind: 'group', id: uuidv7(), name: 'Trip', members: [bob.account.id] })
  const { conversation } = ConversationAnswer.parse(await created.json()).row
  const group = `/api/conversations/${conversation}`
  const make = async (wanted: { days?: number; maxUses?: number; approval?: boolean } = {}) =>
    NewJoinLink.parse(await (await alice.request('POST', `${group}/links`, { days: 7, maxUses: 5, approval: false, ...wanted })).json())
  const links = async () => JoinLinks.parse(await (await alice.request('GET', `${group}/links`)).json()).links
  const requests = async () => JoinRequests.parse(await (await alice.request('GET', `${group}/requests`)).json()).requests.map(({ user }) => user)
  return { alice, bob, eve, dora, group, make, links, requests }
}

const look = (device: Device, code: string) => device.request('GET', `/api/invites/${code}`)
const accept = async (device: Device, code: string) => Accepted.parse(await (await device.request('POST', `/api/invites/${code}`)).json())
const code = async (answer: Response) => [answer.status, (await answer.json()).refusal?.code]

test('[C4] a link says where it leads and lets in whoever has it; the log says how they came', async () => {
  const { alice, eve, group, make, links } = await setup()
  const made = await make()
  expect(Invitation.parse(await (await look(eve, made.code)).json())).toEqual({ kind: 'group', name: 'Trip', members: 2, approval: false, standing: 'none' })
  expect(await accept(eve, made.code)).toMatchObject({ outcome: 'joined', row: { role: 'member', members: 3 } })
  const { tail } = await (await alice.request('GET', `${group}/paint`)).json()
  expect(tail.at(-1)).toMatchObject({ kind: 'event', author: eve.account.id, body: { type: 'joined', via: 'link' } })
  expect(await accept(eve, made.code)).toMatchObject({ outcome: 'joined', row: { members: 3 } })
  expect(Invitation.parse(await (await look(eve, made.code)).json()).standing).toBe('member')
  expect(await links()).toMatchObject([{ id: made.link.id, uses: 1, maxUses: 5, revokedAt: null }])
})

test('[C4] a link that is used up or revoked answers like one that never was', async () => {
  const { alice, eve, dora, group, make } = await setup()
  const never = await (await look(eve, 'neverwas')).json()
  const [usedUp, revoked] = [await make({ maxUses: 1 }), await make()]
  await accept(dora, usedUp.code)
  expect((await alice.request('DELETE', `${group}/links/${revoked.link.id}`)).status).toBe(204)
  for (const dead of [usedUp, revoked]) {
    expect(await (await look(eve, dead.code)).json()).toEqual(never)
    expect(await code(await eve.request('POST', `/api/invites/${dead.code}`))).toEqual([404, 'not-found'])
  }
})

test('[C4] a link that is used up or revoked still leads those who are in, or ask, to where they are', async () => {
  const { alice, eve, dora, group, make, links } = await setup()
  const [once, asking] = [await make({ maxUses: 1 }), await make({ maxUses: 1, approval: true })]
  await accept(dora, once.code)
  await accept(eve, asking.code)
  await alice.request('DELETE', `${group}/links/${asking.link.id}`)
  expect(Invitation.parse(await (await look(dora, once.code)).json())).toMatchObject({ name: 'Trip', standing: 'member' })
  expect(await accept(dora, once.code)).toMatchObject({ outcome: 'joined' })
  expect(Invitation.parse(await (await look(eve, asking.code)).json())).toMatchObject({ name: 'Trip', standing: 'asked' })
  expect(await accept(eve, asking.code)).toEqual({ outcome: 'asked' })
  expect(await code(await look(eve, once.code))).toEqual([200, undefined])
  expect((await links()).map(({ uses }) => uses)).toEqual([1, 1])
  await alice.request('DELETE', `${group}/requests/${eve.account.id}`)
  expect(await code(await look(eve, once.code))).toEqual([404, 'not-found'])
})

test('[C4] two at once cannot share the last use', async () => {
  const { eve, dora, make, links } = await setup()
  const made = await make({ maxUses: 1 })
  const answers = await Promise.all([eve, dora].map((device) => device.request('POST', `/api/invites/${made.code}`)))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404])
  expect(await links()).toMatchObject([{ uses: 1 }])
})

test('[C5] a link with approval asks: those who may add people see who, and let in or decline', async () => {
  const { alice, bob, eve, dora, group, make, requests, links } = await setup()
  const made = await make({ approval: true })
  expect(await accept(eve, made.code)).toEqual({ outcome: 'asked' })
  expect(await accept(eve, made.code)).toEqual({ outcome: 'asked' })
  expect(await accept(dora, made.code)).toEqual({ outcome: 'asked' })
  expect(await links()).toMatchObject([{ uses: 2 }])
  expect(Invitation.parse(await (await look(eve, made.code)).json()).standing).toBe('asked')
  expect(await code(await eve.request('GET', group))).toEqual([404, 'not-member'])
  expect(await requests()).toEqual([eve.account.id, dora.account.id])

  expect(await code(await bob.request('PUT', `${group}/requests/${eve.account.id}`))).toEqual([403, 'forbidden'])
  expect(await code(await eve.request('PUT', `${group}/requests/${eve.account.id}`))).toEqual([404, 'not-member'])
  expect((await alice.request('PUT', `${group}/requests/${eve.account.id}`)).status).toBe(204)
  expect((await alice.request('DELETE', `${group}/requests/${dora.account.id}`)).status).toBe(204)
  expect(await requests()).toEqual([])
  expect((await eve.request('GET', group)).status).toBe(200)
  expect(await code(await dora.request('GET', group))).toEqual([404, 'not-member'])
  expect(await code(await alice.request('PUT', `${group}/requests/${dora.account.id}`))).toEqual([404, 'not-found'])
})

test('[C4] only those who may add people make, see and revoke links; strangers see nothing', async () => {
  const { bob, eve, group, make } = await setup()
  const made = await make()
  const wanted = { days: 1, maxUses: 1, approval: false }
  for (const [device, expected] of [[bob, [403, 'forbidden']], [eve, [404, 'not-member']]] as const) {
    expect(await code(await device.request('POST', `${group}/links`, wanted))).toEqual(expected)
    expect(await code(await device.request('GET', `${group}/links`))).toEqual(expected)
    expect(await code(await device.request('GET', `${group}/requests`))).toEqual(expected)
    expect(await code(await device.request('DELETE', `${group}/links/${made.link.id}`))).toEqual(expected)
  }
})

test('[C4] codes cannot be tried without end', async () => {
  const { eve } = await setup()
  for (let turn = 0; turn < JOIN_LOOKS; turn += 1) expect((await look(eve, `guess${turn}`)).status).toBe(404)
  expect(await code(await look(eve, 'another'))).toEqual([429, 'rate-limited'])
})
