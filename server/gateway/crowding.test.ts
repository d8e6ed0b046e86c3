import { expect, it } from 'vitest'
import { SOCKETS_PER_ADDRESS_UNAUTHENTICATED, SOCKETS_PER_PERSON } from '../../shared/limits.ts'
import { CLOSE } from '../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { stage } from './stage.ts'

it('[S15] a device that opens ever more sockets loses its oldest, and no other device does', async () => {
  const { people, connect, deviceOf, sync } = await stage('alice', 'bob')
  const [phone, bob] = [await connect(deviceOf(people.alice)), await connect(people.bob)]
  const laptop = await Promise.all(Array.from({ length: SOCKETS_PER_PERSON - 1 }, () => connect(people.alice)))
  const newest = await connect(people.alice)
  const closed = await Promise.race(laptop.map(({ closed: ended }) => ended))
  expect(closed).toEqual({ code: CLOSE.rateLimited, reason: 'This device has opened too many connections.' })
  await Promise.all([phone, bob, newest].map((socket) => socket.roundTrip()))
  expect(sync.connections()).toBe(SOCKETS_PER_PERSON + 1)
})

it('[S15] one device more than a person may have connected is refused in words, by a hello as by a header', async () => {
  const { people, connect, deviceOf, socket } = await stage('alice')
  await Promise.all(Array.from({ length: SOCKETS_PER_PERSON }, () => connect(deviceOf(people.alice))))
  const tablet = deviceOf(people.alice)
  const [byHello, byHeader] = [socket(), socket({ headers: { authorization: `Bearer ${tablet.token}` } })]
  byHello.say({ type: 'hello', version: PROTOCOL_VERSION, token: tablet.token })
  for (const refused of [byHello, byHeader]) expect(await refused.closed).toEqual({ code: CLOSE.rateLimited, reason: expect.stringMatching(/Sign out on one/) })
})

it('[S15] an address with too many sockets of nobody is told so; those that go make room', async () => {
  const { people, connect, socket, sync } = await stage('alice')
  const alice = await connect(people.alice)
  const nobody = Array.from({ length: SOCKETS_PER_ADDRESS_UNAUTHENTICATED }, () => socket())
  await Promise.all(nobody.map(({ opened }) => opened))
  expect(await socket().closed).toEqual({ code: CLOSE.rateLimited, reason: expect.stringMatching(/this address/) })
  await alice.roundTrip()
  nobody[0]?.ws.close()
  await nobody[0]?.closed
  await connect(people.alice)
  expect(sync.connections()).toBeLessThanOrEqual(SOCKETS_PER_ADDRESS_UNAUTHENTICATED + 1)
})
