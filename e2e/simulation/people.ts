// Who lives in a world: two to four people with one to three devices each, a group of all, a group of some, and one direct
// conversation; the first group with or without a history, often one that is about to cross into the next segment.

import { v7 as uuidv7 } from 'uuid'
import type { ConversationId } from '../../shared/ids.ts'
import { APPEND_MAX_ENTRIES } from '../../shared/limits.ts'
import type { Outcome } from '../../client/sync/engine.ts'
import { DeviceId } from '../../shared/ids.ts'
import type { Device } from './device.ts'
import type { World } from './world.ts'

const NAMES = ['alice', 'bob', 'carol', 'dave'] as const
const KINDS = ['phone', 'laptop', 'tablet'] as const
const DEVICES_EACH = [1, 1, 1, 2, 2, 2, 3] as const
/** Segments hold 512 entries. */
const HISTORIES = [0, 0, 0, 3, 60, 505, 1_020] as const

export async function peopleTheWorld(world: World): Promise<void> {
  const random = world.random.fork()
  await world.startServer()
  for (const user of NAMES.slice(0, random.int(2, NAMES.length))) {
    const [first, ...others] = KINDS.slice(0, random.oneOf(DEVICES_EACH)).map((kind) => world.addDevice(user, kind))
    if (first === undefined) throw new Error('everyone has a device')
    await world.untilDone(() => first.start())
    await world.untilDone(() => first.signUp())
    world.userIds.set(user, first.userId)
    for (const device of others) {
      await world.untilDone(() => device.start())
      await world.untilDone(() => device.signIn())
    }
  }
  await converse(world)
  world.recorder.step(`${world.devices.map(({ name }) => name).join(', ')} are ready`)
}

async function converse(world: World): Promise<void> {
  const random = world.random.fork()
  const [alice, ...others] = [...world.userIds.keys()]
  const [bob] = others
  if (alice === undefined || bob === undefined) throw new Error('at least two people')
  const device = firstOf(world, alice)
  const ids = others.map((user) => firstOf(world, user).userId)
  world.conversations.push({ id: made(await world.untilDone(() => device.engine.createGroup({ name: 'room', members: ids }))), name: 'room', owner: alice })
  const some = ids.filter(() => random.chance(0.5))
  world.conversations.push({ id: made(await world.untilDone(() => device.engine.createGroup({ name: 'corner', members: some }))), name: 'corner', owner: alice })
  world.conversations.push({ id: made(await world.untilDone(() => firstOf(world, bob).engine.startDirect(device.userId))), name: `${alice} and ${bob}`, owner: null })
  for (const { id, name } of world.conversations) world.recorder.rename(id, name)
  await writeHistory(world, random.oneOf(HISTORIES))
}

/** What was written before anybody looked. */
async function writeHistory(world: World, count: number): Promise<void> {
  const [room] = world.conversations
  const { server, recorder } = world
  const [author, user] = [...world.userIds][0] ?? []
  if (room === undefined || server === null || author === undefined || user === undefined) throw new Error('the world is empty')
  const device = DeviceId.parse('01900000-0000-7000-8000-000000000001')
  const texts = Array.from({ length: count }, (_, index) => `history #${index};`)
  for (let at = 0; at < count; at += APPEND_MAX_ENTRIES) {
    const entries = texts.slice(at, at + APPEND_MAX_ENTRIES).map((text, index) => {
      recorder.record({ type: 'typed', device: `${author}/import`, user: author, conversation: room.name, text, replyTo: null })
      return { id: uuidv7({ msecs: Math.floor(world.time.now), seq: at + index, random: world.random.bytes(16) }), at: Math.floor(world.time.now), kind: 'message', body: { text } }
    })
    await world.untilDone(() => server.append({ user, device }, room.id, entries))
  }
}

function firstOf(world: World, user: string): Device {
  const device = world.devices.find((candidate) => candidate.user === user)
  if (device === undefined) throw new Error(`${user} has no device`)
  return device
}

function made(outcome: Outcome<ConversationId>): ConversationId {
  if (!outcome.ok) throw new Error(`no conversation: ${outcome.refusal.words}`)
  return outcome.value
}
