import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import type { NewEntry } from '../../shared/conversation/entry.ts'
import { SEGMENT_ENTRIES } from '../../shared/conversation/segment.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { DeviceId, EntryId } from '../../shared/ids.ts'
import type { TimelineItem } from '../../client/sync/engine.ts'
import { decodeSegment } from '../../client/sync/logDocument.ts'
import { AFTER_LAST_KEY, FIRST_KEY, TABLES } from '../../client/sync/replicaStore.ts'
import { eventually } from './eventually.ts'
import type { Device, Town } from './town.ts'
import { offline, online, shown, startTown } from './town.ts'

function kinds({ engine }: Device, id: ConversationId): (TimelineItem['kind'] | undefined)[] {
  const conversation = engine.open(id)
  try {
    return Array.from({ length: conversation.timeline.get().length }, (_, index) => conversation.timeline.at(index)?.kind)
  } finally {
    conversation.close()
  }
}

/** Everything that a device keeps, as one text. */
async function kept({ store }: Device): Promise<string> {
  const rows = await Promise.all(TABLES.map((table) => store.range(table, FIRST_KEY, AFTER_LAST_KEY)))
  return rows
    .flat()
    .map(({ key, value }) => (value instanceof Uint8Array && key.includes('/00') ? JSON.stringify(decodeSegment(Number(key.split('/')[1]), value)) : JSON.stringify(value)))
    .join('\n')
}

/** Straight into the database, through the one append. */
async function history(town: Town, conversation: ConversationId, author: Device, count: number): Promise<EntryId[]> {
  const entries: NewEntry[] = Array.from({ length: count }, (_, index) => ({ id: EntryId.parse(uuidv7()), at: 1_000 + index, kind: 'message', body: { text: `history ${index}` } }))
  for (let start = 0; start < count; start += 100) {
    await town.server.sync.append({ user: author.me(), device: DeviceId.parse(uuidv7()) }, conversation, entries.slice(start, start + 100))
  }
  return entries.map(({ id }) => id)
}

test('[N6] what is deleted for everyone is gone from the screens, the server and what every device keeps', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const [alices, bobs] = [alice.engine.open(lunch), bob.engine.open(lunch)]
  const id = await alices.send({ text: 'periwinkle' })
  await alices.edit(id, 'marigold', {})
  await alices.send({ text: 'stays' })
  await eventually(() => shown(bob, lunch).join() === 'marigold,stays')
  await eventually(async () => (await kept(bob)).includes('marigold'))

  await alices.erase(id)
  expect(kinds(alice, lunch)[0]).toBe('erased')
  await eventually(() => kinds(bob, lunch)[0] === 'erased')
  expect(bobs.timeline.at(0)).toMatchObject({ kind: 'erased', body: { text: '' }, versions: [], erasedBy: alice.me() })
  for (const device of [alice, bob]) await eventually(async () => !/periwinkle|marigold/.test(await kept(device)))
  expect(JSON.stringify(await town.server.database.log.read(lunch, ...([1, 99] as never as [never, never])))).not.toMatch(/periwinkle|marigold/)

  // The documents go on, as another generation.
  await bobs.send({ text: 'after' })
  await eventually(() => shown(alice, lunch).at(-1) === 'after')
  await alices.send({ text: 'and on' })
  await eventually(() => shown(alice, lunch).join() === shown(bob, lunch).join() && shown(bob, lunch).join() === ',stays,after,and on')
})

test('[N6] a device that was away erases what it holds, of conversations that nobody opens too', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const [lunch, other] = [await town.group(alice, bob), await town.group(alice, bob)]
  const alices = alice.engine.open(lunch)
  const id = await alices.send({ text: 'periwinkle' })
  bob.engine.open(lunch)
  await eventually(() => shown(bob, lunch).join() === 'periwinkle')
  bob.engine.open(lunch).close()
  bob.network.cut()
  await eventually(() => bob.engine.connection.get().state === 'offline')
  await alices.erase(id)
  await alice.engine.open(other).send({ text: 'elsewhere' })
  await eventually(() => alice.engine.outbox.get().pending === 0)
  expect(await kept(bob)).toMatch('periwinkle')
  bob.network.restore()
  await online(bob)
  await eventually(async () => !(await kept(bob)).includes('periwinkle'))
  await eventually(() => bob.engine.inbox.get().rows.find(({ conversation }) => conversation === lunch)?.last?.erased === true)
})

test('[N6] what was said without a network about a message that was deleted meanwhile: a change keeps its words until it is discarded, a reaction goes with the message', async () => {
  const town = await startTown()
  const [alice, phone, bob] = [await town.device('alice'), await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const [alices, phones, bobs] = [alice.engine.open(lunch), phone.engine.open(lunch), bob.engine.open(lunch)]
  const id = await alices.send({ text: 'periwinkle' })
  await eventually(() => [phone, bob].every((device) => shown(device, lunch).join() === 'periwinkle'))
  await Promise.all([offline(alice), offline(bob)])
  await alices.edit(id, 'marigold', {})
  await bobs.react(id, '👍', true)
  expect(shown(alice, lunch)).toEqual(['marigold'])
  await phones.erase(id)
  await eventually(() => kinds(phone, lunch)[0] === 'erased' && phone.engine.outbox.get().pending === 0)

  for (const { network } of [alice, bob]) network.restore()
  await eventually(() => kinds(alice, lunch)[0] === 'erased' && alices.timeline.at(0)?.waiting?.refusal?.reason === 'about-erased')
  expect(alices.timeline.at(0)?.waiting?.text).toBe('marigold')
  expect(shown(alice, lunch)).toEqual([''])
  await eventually(() => kinds(bob, lunch)[0] === 'erased' && bob.engine.outbox.get().pending === 0)
  expect(bob.engine.outbox.get()).toEqual({ pending: 0, refused: 0 })
  expect(bobs.timeline.at(0)?.waiting).toBeNull()

  const refused = alices.timeline.at(0)?.waiting?.id
  if (refused === undefined) throw new Error('The change is not shown.')
  await alices.discard(refused)
  expect(alices.timeline.at(0)?.waiting).toBeNull()
  expect(alice.engine.outbox.get()).toEqual({ pending: 0, refused: 0 })
  await eventually(async () => !/periwinkle|marigold/.test(await kept(alice)))
})

test('[N6] a message far back is erased from whole segments, where they are held and where they are fetched', async () => {
  const town = await startTown()
  const [alice, bob, carol] = [await town.device('alice'), await town.device('bob'), await town.device('carol')]
  const lunch = await town.group(alice, bob, carol)
  const ids = await history(town, lunch, alice, SEGMENT_ENTRIES + 40)
  const [alices, bobs] = [alice.engine.open(lunch), bob.engine.open(lunch)]
  await online(bob)
  await eventually(() => bobs.timeline.get().length === ids.length)
  await bobs.timeline.load(0, 60)
  expect(bobs.timeline.at(5)?.body.text).toBe('history 5')
  await eventually(async () => (await kept(bob)).includes('"history 5"'))

  await alices.erase(ids[5]!)
  await eventually(() => bobs.timeline.at(5)?.kind === 'erased')
  await eventually(async () => !(await kept(bob)).includes('"history 5"'))
  expect(await kept(bob)).toMatch('"history 6"')
  const carols = carol.engine.open(lunch)
  await eventually(() => carols.timeline.get().length === ids.length + 1)
  await carols.timeline.load(0, 60)
  await eventually(() => carols.timeline.at(5)?.kind === 'erased' && carols.timeline.at(6)?.body.text === 'history 6')
})

test('what somebody deletes for themselves is gone on their devices alone, and can come back', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const phone = await town.device('bob')
  const lunch = await town.group(alice, bob)
  const id = await alice.engine.open(lunch).send({ text: 'not for me' })
  const bobs = bob.engine.open(lunch)
  await eventually(() => shown(phone, lunch).join() === 'not for me' && shown(bob, lunch).join() === 'not for me')
  await bobs.setHidden([id], true)
  await eventually(() => kinds(phone, lunch)[0] === 'annotation')
  expect(kinds(alice, lunch)[0]).toBe('message')
  await bobs.setHidden([id], false)
  await eventually(() => shown(phone, lunch).join() === 'not for me')
})

test('[M2] changes of a group are told in its timeline, in the order of everything else, and count as nothing unread', async () => {
  const town = await startTown()
  const [alice, bob, carol] = [await town.device('alice'), await town.device('bob'), await town.device('carol')]
  const lunch = await town.group(alice, bob)
  await online(bob)
  const alices = alice.engine.open(lunch)
  await alices.send({ text: 'hello' })
  await eventually(() => alice.engine.outbox.get().pending === 0)
  await alice.engine.describe(lunch, { name: 'Dinner', topic: 'Where we eat' })
  await alice.engine.addMembers(lunch, [carol.me()])
  await alice.engine.setRole(lunch, carol.me(), 'admin')
  await carol.engine.removeMember(lunch, bob.me())
  await carol.engine.leave(lunch)
  await eventually(() => alices.timeline.get().length === 7)
  const events = Array.from({ length: 7 }, (_, index) => alices.timeline.at(index)).map((item) => item?.event)
  expect(events).toEqual([
    null,
    { type: 'renamed', name: 'Dinner' },
    { type: 'topic', topic: 'Where we eat' },
    { type: 'added', users: [carol.me()] },
    { type: 'role', user: carol.me(), role: 'admin' },
    { type: 'removed', user: bob.me() },
    { type: 'left' },
  ])
  expect(alices.timeline.at(5)?.author).toBe(carol.me())
  // What changes within a moment is told as one.
  await expect.poll(() => alices.state.get()).toMatchObject({ name: 'Dinner', topic: 'Where we eat', memberCount: 1, unread: 0 })
})

test('pins are seen by everyone, and taken down by whoever may', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const [alices, bobs] = [alice.engine.open(lunch), bob.engine.open(lunch)]
  const id = await alices.send({ text: 'Tuesday at seven' })
  await eventually(() => shown(bob, lunch).length === 1)
  await bobs.pin(id, true)
  await eventually(() => alices.timeline.at(0)?.pinned === true)
  await eventually(() => bob.engine.outbox.get().pending === 0)
  await eventually(() => alices.pinned.get().length === 1)
  expect(alices.pinned.get()).toMatchObject([{ by: bob.me(), entry: { body: { text: 'Tuesday at seven' } } }])
  await alices.pin(id, false)
  await eventually(() => bobs.timeline.at(0)?.pinned === false)
  await eventually(() => alices.pinned.get().length === 0)
})
