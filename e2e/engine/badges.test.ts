import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Conversation } from '../../client/sync/engine.ts'
import type { ConversationId, EntryId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import { eventually } from './eventually.ts'
import type { Device } from './town.ts'
import { online, startTown } from './town.ts'

/** What others do in a conversation, and what its reader does meanwhile on one of two devices. */
type Act = { does: (typeof DEEDS)[number]; device: 0 | 1; at: number }
const DEEDS = ['say', 'say', 'say', 'edit', 'react', 'pin', 'erase', 'rename', 'answer', 'react back', 'read', 'read all', 'unread from here', 'cut', 'restore'] as const
/** How everything is read in the end, and where. */
type Ending = { by: 'list' | 'conversation'; device: 0 | 1; marked: number | null }

const acts: fc.Arbitrary<Act[]> = fc.array(fc.record({ does: fc.constantFrom(...DEEDS), device: fc.constantFrom(0, 1), at: fc.nat(20) }), { minLength: 4, maxLength: 24 })
const ending: fc.Arbitrary<Ending> = fc.record({ by: fc.constantFrom('list', 'conversation'), device: fc.constantFrom(0, 1), marked: fc.option(fc.nat(20)) })

test('[R5] whatever was said, changed and marked, reading everything on any device makes every badge zero', { timeout: 240_000 }, async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  const bobs = [await town.device('bob'), await town.device('bob')] as const
  await Promise.all([alice, ...bobs].map(online))

  await fc.assert(
    fc.asyncProperty(acts, ending, async (done, end) => {
      const id = await town.group(alice, bobs[0])
      await Promise.all(bobs.map((bob) => eventually(() => rowOf(bob, id) !== undefined)))
      const said: EntryId[] = []
      for (const act of done) await perform(act, { id, alice, bob: bobs[act.device], said })
      for (const bob of bobs) bob.network.restore()

      // Reading everything begins with having it: the log is in one order, so who has the last message has all before it.
      await eventually(() => [alice, ...bobs].every(({ engine }) => engine.connection.get().state === 'online' && engine.outbox.get().pending === 0))
      const all = alice.engine.open(id)
      const last = await all.send({ text: 'That was all.' })
      await Promise.all(bobs.map((bob) => eventually(() => rowOf(bob, id)?.last?.id === last)))

      const reader = bobs[end.device]
      const conversation = reader.engine.open(id)
      const head = rowOf(reader, id)?.head ?? Seq.parse(0)
      if (end.marked !== null) await conversation.markUnreadFrom(seqWithin(end.marked, head))
      if (end.by === 'list') await reader.engine.markAllRead(id)
      else {
        await eventually(() => conversation.timeline.get().head >= head)
        await conversation.markRead(head)
      }
      await Promise.all(bobs.map((bob) => eventually(() => rowOf(bob, id)?.unread === 0)))
      await eventually(() => unreadInside(conversation) === 0)
      // And the same for who comes later.
      expect(bobs.map((bob) => rowOf(bob, id)?.unread)).toEqual([0, 0])
      all.close()
      conversation.close()
    }),
    // A case that fails waits in vain for seconds: shrinking it would take minutes.
    { numRuns: 20, endOnFailure: true },
  )

  const tablet = await town.device('bob')
  await eventually(() => tablet.engine.inbox.get().complete)
  expect(tablet.engine.inbox.get().rows.filter(({ unread }) => unread > 0)).toEqual([])
})

type Scene = { id: ConversationId; alice: Device; bob: Device; said: EntryId[] }

async function perform({ does, at }: Act, { id, alice, bob, said }: Scene): Promise<void> {
  const author = alice.engine.open(id)
  const reader = bob.engine.open(id)
  const one = said[at % Math.max(1, said.length)]
  const head = rowOf(bob, id)?.head ?? Seq.parse(0)
  switch (does) {
    case 'say':
      said.push(await author.send({ text: `message ${said.length}` }))
      break
    case 'rename':
      await alice.engine.describe(id, { name: `Lunch ${at}` })
      break
    case 'edit':
      if (one !== undefined) await author.edit(one, `edited ${at}`)
      break
    case 'react':
      if (one !== undefined) await author.react(one, '🎉', at % 2 === 0)
      break
    case 'pin':
      if (one !== undefined) await author.pin(one, at % 2 === 0)
      break
    case 'erase':
      if (one !== undefined) await author.erase(one)
      said.splice(said.indexOf(one as EntryId), one === undefined ? 0 : 1) // Nothing more can be said about it.
      break
    case 'answer':
      await reader.send({ text: `answer ${at}` })
      break
    case 'react back':
      if (one !== undefined && (await reader.timeline.indexOf(one)) !== null) await reader.react(one, '👍', true)
      break
    case 'read':
      if (head > 0) await reader.markRead(seqWithin(at, head))
      break
    case 'read all':
      await bob.engine.markAllRead(id)
      break
    case 'unread from here':
      if (head > 0) await reader.markUnreadFrom(seqWithin(at, head))
      break
    case 'cut':
      bob.network.cut()
      break
    case 'restore':
      bob.network.restore()
      break
    default:
      does satisfies never
  }
  author.close()
  reader.close()
}

function rowOf({ engine }: Device, id: ConversationId) {
  return engine.inbox.get().rows.find(({ conversation }) => conversation === id)
}

function unreadInside({ state }: Conversation): number | null {
  const now = state.get()
  return now.state === 'ready' ? now.unread : null
}

function seqWithin(at: number, head: number): Seq {
  return Seq.parse(1 + (at % Math.max(1, head)))
}
