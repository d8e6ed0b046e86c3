// Somebody who does not use our client: sends what must be refused, and sends again what others sent before.

import { v7 as uuidv7 } from 'uuid'
import { DeviceId } from '../../shared/ids.ts'
import type { UserId } from '../../shared/ids.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import type { Random } from '../random.ts'
import type { World } from './world.ts'

type Forgery = { why: string; entry: (id: string, world: World, random: Random) => object }

const FORGERIES: readonly Forgery[] = [
  { why: 'under a foreign name', entry: (id, world, random) => ({ ...entry(id), author: random.oneOf([...world.userIds.values()]) }) },
  { why: 'without words', entry: (id) => ({ ...entry(id), body: { text: '' } }) },
  { why: 'with a seq of its own choosing', entry: (id) => ({ ...entry(id), seq: 1 }) },
  { why: 'too long', entry: (id) => ({ ...entry(id), body: { text: 'x'.repeat(8_001) } }) },
  { why: 'in answer to nothing', entry: (id) => ({ ...entry(id), body: { text: 'what I said', replyTo: uuidv7() } }) },
  { why: 'as a notice', entry: (id) => ({ ...entry(id), body: { text: 'Bob left', style: 'notice' } }) },
]

export function forge(world: World, random: Random): void {
  const { server, recorder } = world
  if (server === null) return
  const { id: conversation, name } = random.oneOf(world.conversations)
  const member = random.chance(0.6)
  const who = member ? random.oneOf([...world.userIds.keys()]) : 'mallory'
  const user = world.userIds.get(who) ?? MALLORY
  const forgery = random.oneOf(FORGERIES)
  const id = uuidv7({ msecs: Math.floor(world.time.now), random: random.bytes(16) })
  const why = member ? forgery.why : 'by somebody who is no member'
  recorder.step(`${who} forges ${id} in ${name}: ${why}`)
  recorder.record({ type: 'forged', user: who, conversation: name, id, why })
  world.work(tolerant(server.append({ user, device: FORGER }, conversation, [member ? forgery.entry(id, world, random) : entry(id)])))
}

/** An append that was sent once arrives once more, over another entrance. */
export function duplicate(world: World, random: Random): void {
  const { server, recorder } = world
  const [user, sent] = [...recorder.sent.entries()].at(-1 - random.int(0, Math.max(0, recorder.sent.size - 1))) ?? []
  const request = sent === undefined || sent.length === 0 ? undefined : random.oneOf(sent)
  const author = user === undefined ? undefined : world.userIds.get(user)
  if (server === null || request === undefined || author === undefined || user === undefined) return
  recorder.step(`an append of ${user} arrives again: ${request.entries.map(({ id }) => id).join(', ')}`)
  world.work(
    tolerant(
      server.append({ user: author, device: FORGER }, request.conversation, request.entries).then((results) => {
        recorder.answered(`${user}/elsewhere`, recorder.nameOf(request.conversation), results)
        return results
      }),
    ),
  )
}

const FORGER = DeviceId.parse('01900000-0000-7000-8000-00000000f0f0')
// No account has this id.
const MALLORY = '01900000-0000-7000-8000-000000000bad' as UserId

function entry(id: string) {
  return { id, at: 1, kind: 'message', body: { text: `forged ${id}` } }
}

/** A refusal is what is wanted; the history says whether it held. */
async function tolerant(answer: Promise<unknown>): Promise<void> {
  try {
    await answer
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
  }
}
