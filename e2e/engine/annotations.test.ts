import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import type { NewEntry } from '../../shared/conversation/entry.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { DeviceId, EntryId } from '../../shared/ids.ts'
import type { TimelineItem } from '../../client/sync/engine.ts'
import { eventually } from './eventually.ts'
import type { Device, Town } from './town.ts'
import { online, shown, startTown } from './town.ts'

function itemAt({ engine }: Device, conversation: ConversationId, index: number): TimelineItem | undefined {
  const open = engine.open(conversation)
  try {
    return open.timeline.at(index)
  } finally {
    open.close()
  }
}

function reactions(device: Device, conversation: ConversationId, index: number): string {
  const item = itemAt(device, conversation, index)
  return item?.reactions.map(({ emoji, users, own }) => `${emoji}${users.length}${own ? '*' : ''}`).join(' ') ?? ''
}

test('[N1] an edit and a reaction reach everyone, and what it said before can be read', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const [alices, bobs] = [alice.engine.open(lunch), bob.engine.open(lunch)]
  const id = await alices.send({ text: 'at sevn' })
  await eventually(() => shown(bob, lunch).join() === 'at sevn')
  await alices.edit(id, 'at seven', {})
  await bobs.react(id, '👍', true)
  await eventually(() => shown(bob, lunch).join() === 'at seven')
  await eventually(() => reactions(alice, lunch, 0) === '👍1' && reactions(bob, lunch, 0) === '👍1*')
  expect(itemAt(bob, lunch, 0)?.versions).toMatchObject([{ text: 'at sevn' }])
  await alices.react(id, '👍', true)
  await bobs.react(id, '👍', false)
  await eventually(() => reactions(alice, lunch, 0) === '👍1*' && reactions(bob, lunch, 0) === '👍1')
  await eventually(() => bob.engine.inbox.get().rows[0]?.last?.preview === 'at seven')
})

test('[N4] nothing but messages is unread, wherever the rest was read', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  await online(bob)
  const unread = () => bob.engine.inbox.get().rows[0]?.unread
  const alices = alice.engine.open(lunch)
  const id = await alices.send({ text: 'one' })
  await alices.react(id, '🎉', true)
  await alices.edit(id, 'first', {})
  await eventually(() => unread() === 1 && bob.engine.inbox.get().rows[0]?.last?.preview === 'first')
  const bobs = bob.engine.open(lunch)
  await eventually(() => bobs.timeline.get().head === 3 && bobs.timeline.get().firstUnread === 1)
  await bobs.markRead(bobs.timeline.get().head)
  await eventually(() => unread() === 0)
  await alices.react(id, '👍', true)
  await eventually(() => reactions(bob, lunch, 0) === '🎉1 👍1')
  expect(unread()).toBe(0)
  bobs.close()
  await alices.react(id, '❤️', true)
  const phone = await town.device('bob')
  await eventually(() => phone.engine.inbox.get().rows[0]?.head === 5 && phone.engine.inbox.get().rows[0]?.unread === 0)
})

test('[N1] both are shown at once offline, wait in the outbox, and arrive in order', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const [alices] = [alice.engine.open(lunch), bob.engine.open(lunch)]
  const id = await alices.send({ text: 'one' })
  await eventually(() => shown(bob, lunch).join() === 'one')
  await eventually(() => alice.engine.outbox.get().pending === 0)
  alice.network.cut()
  await eventually(() => alice.engine.connection.get().state === 'offline')
  await alices.edit(id, 'two', {})
  await alices.edit(id, 'three', {})
  await alices.react(id, '👍', true)
  const later = await alices.send({ text: 'latr' })
  await alices.edit(later, 'later', {})
  expect(shown(alice, lunch)).toEqual(['three', 'later'])
  expect(reactions(alice, lunch, 0)).toBe('👍1*')
  expect(itemAt(alice, lunch, 0)?.waiting).toMatchObject({ refusal: null })
  expect(alice.engine.outbox.get()).toEqual({ pending: 5, refused: 0 })
  alice.network.restore()
  await eventually(() => shown(bob, lunch).join() === 'three,later')
  await eventually(() => reactions(bob, lunch, 0) === '👍1')
  await eventually(() => alice.engine.outbox.get().pending === 0 && itemAt(alice, lunch, 0)?.waiting === null)
  expect(shown(alice, lunch)).toEqual(['three', 'later'])
  expect(itemAt(bob, lunch, 0)?.versions.map(({ text }) => text)).toEqual(['one', 'two'])
})

test("[N2] an edit of somebody else's message is refused in words, shown to nobody, and can be discarded", async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const [alices, bobs] = [alice.engine.open(lunch), bob.engine.open(lunch)]
  const id = await alices.send({ text: 'mine' })
  await eventually(() => shown(bob, lunch).join() === 'mine')
  await bobs.edit(id, 'forged', {})
  await eventually(() => itemAt(bob, lunch, 0)?.waiting?.refusal?.code === 'forbidden')
  expect(shown(alice, lunch)).toEqual(['mine'])
  const waiting = itemAt(bob, lunch, 0)?.waiting
  if (waiting === null || waiting === undefined) throw new Error('Nothing waits.')
  await bobs.discard(waiting.id)
  expect(shown(bob, lunch)).toEqual(['mine'])
})

test('[N5] a device that loads old messages shows them with what was said since, and offline with what it holds', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  const lunch = await town.group(alice)
  const id = await writeHistory(town, alice, lunch, 2_000)
  const alices = alice.engine.open(lunch)
  await eventually(() => alices.state.get().state === 'ready')
  await alices.edit(id, 'the first, edited', {})
  await alices.react(id, '👍', true)
  await eventually(() => alice.engine.outbox.get().pending === 0)

  const phone = await town.device('alice')
  await online(phone)
  const onPhone = phone.engine.open(lunch)
  await eventually(() => onPhone.state.get().state === 'ready' && onPhone.timeline.get().head === 2_002)
  await onPhone.timeline.load(0, 20)
  await eventually(() => onPhone.timeline.at(0)?.body.text === 'the first, edited')
  expect(reactions(phone, lunch, 0)).toBe('👍1*')
  expect(onPhone.timeline.at(1)?.body.text).toBe('entry 2')

  // What is said while it looks on, and while it was away.
  await alices.react(id, '🎉', true)
  await eventually(() => reactions(phone, lunch, 0) === '👍1* 🎉1*')
  phone.network.cut()
  await eventually(() => phone.engine.connection.get().state === 'offline')
  await alices.edit(id, 'edited again', {})
  await eventually(() => alice.engine.outbox.get().pending === 0)
  phone.network.restore()
  await eventually(() => onPhone.timeline.at(0)?.body.text === 'edited again')

  const { store } = phone
  await phone.engine.close()
  const again = await town.device('alice', { store, signIn: false })
  again.network.cut()
  const offline = again.engine.open(lunch)
  await offline.timeline.load(0, 20)
  await eventually(() => offline.timeline.at(0)?.body.text === 'edited again')
  expect(reactions(again, lunch, 0)).toBe('👍1* 🎉1*')
})

/** Answers the id of the first entry. */
async function writeHistory(town: Town, by: Device, conversation: ConversationId, count: number): Promise<EntryId> {
  const author: UserId = by.me()
  const device = DeviceId.parse(uuidv7())
  const entries = Array.from({ length: count }, (_, index): NewEntry => ({ id: EntryId.parse(uuidv7()), at: 1_700_000_000_000 + index, kind: 'message', body: { text: `entry ${index + 1}` } }))
  await town.server.database.log.commit([{ conversation, author, device, entries, now: Date.now(), trusted: true }])
  return entries[0]?.id ?? EntryId.parse(uuidv7())
}

test('a day begins at what is shown at its place, not at what was said then about an older message', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const alices = alice.engine.open(lunch)
  const id = await alices.send({ text: 'one' })
  await eventually(() => alices.timeline.at(0)?.mark.state !== 'pending')
  const { at = 0 } = itemAt(alice, lunch, 0) ?? {}
  await eventually(() => Date.now() > at)
  await alices.react(id, '👍', true)
  await alices.openThread(id).reply({ text: 'in its thread' })
  await alices.edit(id, 'first', {})
  await eventually(() => alices.timeline.get().head === 4)
  expect(await alices.timeline.indexFrom(at + 1)).toBeNull()
  await alices.send({ text: 'two' })
  await eventually(() => alices.timeline.get().head === 5)
  expect(await alices.timeline.indexFrom(at + 1)).toBe(4)
  expect(itemAt(alice, lunch, 4)?.body.text).toBe('two')
})
