// What can happen in a world, and how often: people who write, read and change their mind, and everything that goes wrong
// around them. Each action draws what it needs from the world's chance and says in a step what it did.

import { ANNOTATING, ANNOTATING_WEIGHTS } from './annotating.ts'
import type { EntryId } from '../../shared/ids.ts'
import type { Random } from '../random.ts'
import { duplicate, forge } from './intruder.ts'
import { someone } from './someone.ts'
import type { World } from './world.ts'

export function act(world: World, random: Random, { annotating }: { annotating: boolean }): void {
  // As it was drawn before people could do anything to messages, for seeds that were pinned then.
  if (!annotating) return ACTIONS[random.weighted(WEIGHTS)](world, random)
  const kind = random.weighted({ ...WEIGHTS, ...ANNOTATING_WEIGHTS })
  const action = { ...ACTIONS, ...ANNOTATING }[kind]
  action(world, random)
}

const WEIGHTS = {
  say: 60,
  read: 24,
  'unread from here': 3,
  draft: 8,
  'look away': 6,
  'settle a refusal': 4,
  'bad network': 5,
  cut: 8,
  split: 6,
  'crash device': 6,
  'lose store': 1,
  'crash server': 4,
  'change members': 5,
  forge: 4,
  duplicate: 4,
} as const

const ACTIONS: Readonly<Record<keyof typeof WEIGHTS, (world: World, random: Random) => void>> = {
  say(world, random) {
    const device = someone(world, random)
    if (device === null) return
    const { id, name } = random.oneOf(world.conversations)
    const conversation = device.open(id)
    if (conversation.state.get().state === 'gone' && random.chance(0.8)) return
    for (let count = random.chance(0.15) ? random.int(2, 12) : 1; count > 0; count--) {
      const text = `${device.name} #${world.said++};`
      const parent = random.chance(0.25) ? device.items(conversation).filter(({ seq }) => seq !== null) : []
      const replyTo = parent.length === 0 ? null : random.oneOf(parent).id
      world.recorder.step(`${device.name} says “${text}” in ${name}${replyTo === null ? '' : ` in answer to ${replyTo}`}`)
      // The id was read from a timeline.
      world.work(device.send(id, { text, ...(replyTo === null ? {} : { replyTo: replyTo as EntryId }) }))
    }
  },

  read(world, random) {
    const device = someone(world, random)
    if (device === null) return
    const { id, name } = random.oneOf(world.conversations)
    const seqs = device.items(device.open(id)).flatMap(({ seq }) => seq ?? [])
    const last = seqs.at(-1)
    if (last === undefined) return
    const read = random.chance(0.7) ? last : random.oneOf(seqs)
    world.recorder.step(`${device.name} reads ${name} to ${read}`)
    world.work(device.markRead(id, read))
  },

  'unread from here'(world, random) {
    const device = someone(world, random)
    if (device === null) return
    const { id, name } = random.oneOf(world.conversations)
    const stored = device.items(device.open(id)).flatMap(({ seq }) => seq ?? [])
    if (stored.length === 0) return
    const from = random.oneOf(stored)
    world.recorder.step(`${device.name} marks ${name} unread from ${from}`)
    world.work(device.markUnreadFrom(id, from))
  },

  draft(world, random) {
    const device = someone(world, random)
    if (device === null) return
    const { id, name } = random.oneOf(world.conversations)
    const text = random.chance(0.3) ? '' : `draft ${world.said++}`
    world.recorder.step(`${device.name} drafts “${text}” in ${name}`)
    world.work(device.open(id).setDraft(text))
  },

  'look away'(world, random) {
    const device = someone(world, random)
    const shown = device?.onScreen ?? []
    if (device === null || shown.length === 0) return
    const { id } = random.oneOf(shown)
    world.recorder.step(`${device.name} closes ${world.recorder.nameOf(id)}`)
    device.close(id)
  },

  'settle a refusal'(world, random) {
    for (const device of world.devices.filter(({ signedIn }) => signedIn)) {
      for (const conversation of device.onScreen) {
        for (const item of device.items(conversation).filter(({ mark }) => mark === 'refused')) {
          const retry = random.chance(0.5)
          world.recorder.step(`${device.name} ${retry ? 'retries' : 'discards'} ${item.id}`)
          // The id was read from a timeline.
          const id = item.id as EntryId
          world.work(retry ? conversation.retry(id) : device.discard(conversation.id, id))
        }
      }
    }
  },

  'bad network'(world, random) {
    const { link, name } = random.oneOf(world.devices)
    const [delay, loss] = random.oneOf([[{ min: 200, max: 3_000 }, 0.3], [{ min: 1, max: 20 }, 0], [{ min: 20, max: 400 }, 0.1]] as const)
    world.recorder.step(`the network of ${name} takes ${delay.min} to ${delay.max} ms and loses ${loss * 100} % of requests`)
    link.delay = delay
    link.loss = loss
  },

  cut(world, random) {
    const { link, name } = random.oneOf(world.devices)
    world.recorder.step(`the connections of ${name} are cut`)
    link.cut()
  },

  split(world, random) {
    const { link, name } = random.oneOf(world.devices)
    if (link.split) return
    const ms = random.chance(0.5) ? random.int(100, 5_000) : random.int(5_000, 120_000)
    world.recorder.step(`${name} is split from the server for ${ms} ms`)
    link.split = true
    world.time.after(ms, () => (link.split = false))
  },

  'crash device'(world, random) {
    const device = someone(world, random)
    if (device === null) return
    const power = random.chance(0.3)
    const ms = random.int(10, 30_000)
    world.recorder.step(`${device.name} ${power ? 'loses power' : 'crashes'}, starts again after ${ms} ms`)
    if (power) world.work(device.losePower(random.fork()))
    else device.crash()
    world.time.after(ms, () => world.work(device.start()))
  },

  'lose store'(world, random) {
    const device = someone(world, random)
    if (device === null) return
    const ms = random.int(10, 10_000)
    world.recorder.step(`${device.name} loses its store, starts again after ${ms} ms`)
    device.loseStore()
    world.time.after(ms, () => world.work(device.start()))
  },

  'crash server'(world, random) {
    const { server } = world
    if (server === null) return
    const when = random.oneOf(['now', 'before commit', 'after commit'] as const)
    const ms = random.int(10, 20_000)
    world.recorder.step(`the server crashes ${when === 'now' ? 'now' : `at the next commit, ${when}`}, starts again after ${ms} ms`)
    const strike = (): void => {
      world.crashServer()
      world.time.after(ms, () => world.work(world.startServer()))
    }
    if (when === 'now') strike()
    else server.database.armCrash(when, strike)
  },

  'change members'(world, random) {
    const groups = world.conversations.filter(({ owner }) => owner !== null)
    const { id, name, owner } = random.oneOf(groups)
    const by = world.devices.find((device) => device.user === owner && device.signedIn)
    const who = random.oneOf([...world.userIds.keys()].filter((user) => user !== owner))
    const user = world.userIds.get(who)
    if (by === undefined || user === undefined) return
    const add = random.chance(0.6)
    world.recorder.step(`${by.name} ${add ? 'adds' : 'removes'} ${who} ${add ? 'to' : 'from'} ${name}`)
    world.work(add ? by.engine.addMembers(id, [user]) : by.engine.removeMember(id, user))
  },

  forge,
  duplicate,
}
