// What people do to messages that are there: edit, react, pin, delete for everyone or for themselves, reply in the thread.

import type { EntryId } from '../../shared/ids.ts'
import type { Random } from '../random.ts'
import type { Device } from './device.ts'
import { someone } from './someone.ts'
import type { World } from './world.ts'

export const ANNOTATING_WEIGHTS = { edit: 9, react: 9, pin: 4, erase: 6, 'delete for me': 3, 'reply in a thread': 9, 'erase a reply': 3 } as const

const EMOJI = ['👍', '🎉', '😀'] as const

export const ANNOTATING: Readonly<Record<keyof typeof ANNOTATING_WEIGHTS, (world: World, random: Random) => void>> = {
  edit(world, random) {
    const found = message(world, random, ({ own }) => own)
    if (found === null) return
    const { device, conversation, id } = found
    const text = `${device.name} #${world.said++};`
    world.recorder.step(`${device.name} edits ${id} to “${text}”`)
    world.work(device.annotate(conversation, id, text, () => device.open(conversation).edit(id, text, {})))
  },

  react(world, random) {
    const found = message(world, random)
    if (found === null) return
    const { device, conversation, id } = found
    const [emoji, on] = [random.oneOf(EMOJI), random.chance(0.7)]
    world.recorder.step(`${device.name} ${on ? 'sets' : 'takes back'} ${emoji} on ${id}`)
    world.work(device.open(conversation).react(id, emoji, on))
  },

  pin(world, random) {
    const found = message(world, random)
    if (found === null) return
    const { device, conversation, id } = found
    const on = random.chance(0.6)
    world.recorder.step(`${device.name} ${on ? 'pins' : 'takes down'} ${id}`)
    world.work(device.open(conversation).pin(id, on))
  },

  erase(world, random) {
    const found = message(world, random, ({ own }) => own)
    if (found === null) return
    const { device, conversation, id } = found
    world.recorder.step(`${device.name} erases ${id}`)
    world.work(device.open(conversation).erase(id))
  },

  'delete for me'(world, random) {
    const found = message(world, random)
    if (found === null) return
    const { device, conversation, id } = found
    world.recorder.step(`${device.name} deletes ${id} for themselves`)
    world.work(device.open(conversation).setHidden([id], true))
  },

  'reply in a thread'(world, random) {
    const found = message(world, random)
    if (found === null) return
    const { device, conversation, id } = found
    const text = `${device.name} #${world.said++};`
    const thread = device.open(conversation).openThread(id)
    const state = thread.state.get()
    const quotable = state.state === 'ready' && random.chance(0.4) ? [state.root, ...state.replies].map((item) => item.id) : []
    const quoted = quotable.length === 0 ? null : random.oneOf(quotable)
    world.recorder.step(`${device.name} replies to ${id} in its thread: “${text}”${quoted === null ? '' : `, quoting ${quoted}`}`)
    world.work(device.annotate(conversation, id, text, () => thread.reply({ text, ...(quoted === null ? {} : { replyTo: quoted }) })).finally(() => thread.close()))
  },

  'erase a reply'(world, random) {
    const found = message(world, random, ({ thread }) => thread !== null)
    if (found === null) return
    const { device, conversation, id } = found
    const thread = device.open(conversation).openThread(id)
    const state = thread.state.get()
    const own = state.state === 'ready' ? state.replies.filter((reply) => reply.own && reply.kind === 'message' && 'seq' in reply.mark) : []
    thread.close()
    if (own.length === 0) return
    const reply = random.oneOf(own).id
    world.recorder.step(`${device.name} erases the reply ${reply} to ${id}`)
    world.work(device.open(conversation).erase(reply))
  },
}

type Found = { device: Device; conversation: Parameters<Device['open']>[0]; id: EntryId }

/** One that somebody has on their screen, and that the server holds. */
function message(world: World, random: Random, fits: (item: ReturnType<Device['messages']>[number]) => boolean = () => true): Found | null {
  const device = someone(world, random)
  if (device === null) return null
  const { id: conversation } = random.oneOf(world.conversations)
  const messages = device.messages(device.open(conversation)).filter((item) => fits(item))
  return messages.length === 0 ? null : { device, conversation, id: random.oneOf(messages).id }
}
