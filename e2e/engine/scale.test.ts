// What must not grow: the cost of opening with the length of a conversation, of starting with the number of them.

import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import type { NewEntry } from '../../shared/conversation/entry.ts'
import { EntryId, Seq } from '../../shared/ids.ts'
import { INBOX_FIRST_ROWS } from '../../shared/limits.ts'
import { eventually } from './eventually.ts'
import type { Device, Town } from './town.ts'
import { online, shown, startTown } from './town.ts'
import type { ConversationId } from '../../shared/ids.ts'

async function fill(town: Town, by: Device, conversation: ConversationId, count: number): Promise<void> {
  const account = by.engine.account.get()
  if (account.state !== 'signed-in') throw new Error('Nobody is signed in.')
  const author = account.person.id
  for (let first = 0; first < count; first += 1_000) {
    const entries = Array.from({ length: Math.min(1_000, count - first) }, (_, index): NewEntry => {
      const number = first + index + 1
      return { id: EntryId.parse(uuidv7({ msecs: 1_700_000_000_000 + number })), at: 1_700_000_000_000 + number, kind: 'message', body: { text: `entry ${number}` } }
    })
    await town.server.sync.appendTrusted([{ conversation, author, device: account.device, entries, now: Date.now(), trusted: true }])
  }
}

test('a long conversation opens with its end alone, and gives the part that is asked for', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  const long = await town.group(alice, await town.device('bob'))
  await fill(town, alice, long, 20_000)

  // A device that was not there meanwhile: one that was keeps ends of it as it grew.
  const bob = await town.device('bob')
  await online(bob)
  bob.network.count()
  const conversation = bob.engine.open(long)
  await eventually(() => conversation.state.get().state === 'ready' && conversation.timeline.at(19_999)?.body.text === 'entry 20000')
  expect(conversation.timeline.get().length).toBe(20_000)
  expect(bob.network.requests.filter((request) => request.includes('segments'))).toEqual([])

  await conversation.timeline.load(4_990, 5_010)
  expect(conversation.timeline.at(4_999)?.body.text).toBe('entry 5000')
  // Those twenty lie in one segment.
  expect(bob.network.requests.filter((request) => /segments\/\d+$/.test(request))).toHaveLength(1)

  // By its id alone, without an index of 20,000.
  const [target] = await town.server.database.log.read(long, Seq.parse(12_345), Seq.parse(12_345))
  if (target === undefined) throw new Error('There is no such entry.')
  expect(await conversation.timeline.indexOf(target.id)).toBe(12_344)
  expect(bob.network.requests.filter((request) => /segments\/\d+$/.test(request)).length).toBeLessThan(12)
})

test('an outbox of 1,000 entries is flushed, in order', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  const lunch = await town.group(alice)
  const conversation = alice.engine.open(lunch)
  await eventually(() => conversation.state.get().state === 'ready')
  alice.network.cut()
  await eventually(() => alice.engine.connection.get().state === 'offline')
  await Promise.all(Array.from({ length: 1_000 }, (_, index) => conversation.send({ text: `message ${index}` })))
  alice.network.restore()
  await online(alice)
  await eventually(() => alice.engine.outbox.get().pending === 0)
  await eventually(() => !shown(alice, lunch).includes('…'))
  expect(shown(alice, lunch)).toEqual(Array.from({ length: 1_000 }, (_, index) => `message ${index}`))
})

test('[E7] an account with many conversations starts with a page of them, and opens no document', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  for (let index = 0; index < 250; index++) await town.group(alice)
  const phone = await town.device('alice')
  await eventually(() => phone.engine.inbox.get().rows.length === INBOX_FIRST_ROWS)
  expect(phone.engine.inbox.get()).toMatchObject({ complete: false })
  for (let page = 0; page < 3; page++) await phone.engine.loadMoreInbox()
  expect(phone.engine.inbox.get().complete).toBe(true)
  expect(phone.engine.inbox.get().rows).toHaveLength(250)
  expect(phone.network.requests.filter((request) => request.includes('/conversations/'))).toEqual([])
})
