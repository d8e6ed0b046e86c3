import { expect, test } from 'vitest'
import { Seq } from '../../shared/ids.ts'
import { eventually } from './eventually.ts'
import { marks, online, shown, startTown } from './town.ts'

test('a group message is delivered or read only when every other member is that far', async () => {
  const town = await startTown()
  const [alice, bob, carol] = [await town.device('alice'), await town.device('bob'), await town.device('carol')]
  const lunch = await town.group(alice, bob, carol)
  await online(bob)
  carol.network.cut()
  await eventually(() => carol.engine.connection.get().state === 'offline')
  const alices = alice.engine.open(lunch)
  const bobs = bob.engine.open(lunch)
  await alices.send({ text: 'hello' })
  await eventually(() => shown(bob, lunch).length === 1)
  await bobs.markRead(Seq.parse(1))
  await eventually(() => alices.receipts.get().get(bob.me())?.read === 1)
  expect(marks(alice, lunch)).toEqual(['stored'])

  carol.network.restore()
  const carols = carol.engine.open(lunch)
  await eventually(() => marks(alice, lunch)[0] === 'delivered')
  await carols.markRead(Seq.parse(1))
  await eventually(() => marks(alice, lunch)[0] === 'read')
})

test('a message counts as delivered although nobody opened the conversation, on arrival and after a time offline', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  await online(bob)
  const alices = alice.engine.open(lunch)
  await alices.send({ text: 'one' })
  await eventually(() => marks(alice, lunch)[0] === 'delivered')

  bob.network.cut()
  await eventually(() => bob.engine.connection.get().state === 'offline')
  await alices.send({ text: 'two' })
  await eventually(() => marks(alice, lunch)[1] === 'stored')
  bob.network.restore()
  await eventually(() => marks(alice, lunch)[1] === 'delivered')

  // A device that was not even running.
  const phone = await town.device('bob')
  await eventually(() => phone.engine.inbox.get().rows[0]?.unread === 2)
  await eventually(async () => (await phone.store.range('entries', '', '~')).length === 2)

  bob.network.cut()
  expect(bob.engine.inbox.get().rows[0]?.unread).toBe(2)
  bob.engine.open(lunch)
  await eventually(() => shown(bob, lunch).join() === 'one,two')
})

test('what was read offline counts when the device is back, and the badge is gone everywhere', async () => {
  const town = await startTown()
  const [alice, bob, phone] = [await town.device('alice'), await town.device('bob'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const alices = alice.engine.open(lunch)
  const bobs = bob.engine.open(lunch)
  for (const text of ['one', 'two', 'three']) await alices.send({ text })
  await eventually(() => shown(bob, lunch).length === 3)
  await eventually(() => phone.engine.inbox.get().rows[0]?.unread === 3)

  bob.network.cut()
  await eventually(() => bob.engine.connection.get().state === 'offline')
  await bobs.markRead(Seq.parse(3))
  expect(bob.engine.inbox.get().rows[0]?.unread).toBe(0)
  bob.network.restore()
  await eventually(() => marks(alice, lunch).every((mark) => mark === 'read'))
  await eventually(() => phone.engine.inbox.get().rows[0]?.unread === 0)
})

test('[R6] unread from here shows on the other device, and ends with reading', async () => {
  const town = await startTown()
  const [alice, bob, phone] = [await town.device('alice'), await town.device('bob'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const alices = alice.engine.open(lunch)
  const bobs = bob.engine.open(lunch)
  for (const text of ['one', 'two', 'three']) await alices.send({ text })
  await eventually(() => shown(bob, lunch).length === 3)
  await bobs.markRead(Seq.parse(3))
  await eventually(() => phone.engine.inbox.get().rows[0]?.unread === 0)
  await bobs.markUnreadFrom(Seq.parse(2))
  await eventually(() => phone.engine.inbox.get().rows[0]?.unread === 2)
  expect(bobs.timeline.get().firstUnread).toBe(2)
  await phone.engine.markAllRead(lunch)
  await eventually(() => bob.engine.inbox.get().rows[0]?.unread === 0)
})

test('the divider stands before the first unread entry of others', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const bobs = bob.engine.open(lunch)
  const alices = alice.engine.open(lunch)
  await alices.send({ text: 'one' })
  await eventually(() => shown(bob, lunch).length === 1)
  await bobs.markRead(Seq.parse(1))
  await bobs.send({ text: 'own' })
  bobs.close()
  await eventually(() => shown(alice, lunch).length === 2)
  await alices.send({ text: 'three' })
  await eventually(() => bob.engine.inbox.get().rows[0]?.unread === 1)
  const again = bob.engine.open(lunch)
  await eventually(() => again.state.get().state === 'ready')
  await eventually(() => again.timeline.get().firstUnread !== null)
  expect(again.timeline.get().firstUnread).toBe(3)
})

test('somebody types, and stops', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const [alices, bobs] = [alice.engine.open(lunch), bob.engine.open(lunch)]
  await eventually(() => alices.state.get().state === 'ready' && bobs.state.get().state === 'ready')
  await eventually(() => bobs.members.get().length === 2)
  alices.setTyping(true)
  await eventually(() => bobs.typing.get().includes(alice.me()))
  alices.setTyping(false)
  await eventually(() => bobs.typing.get().length === 0)
  expect(alices.typing.get()).toEqual([])
})

test('who is watched is seen to come and go', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  await town.group(alice, bob)
  await Promise.all([online(alice), online(bob)])
  const presence = alice.engine.presence(bob.me())
  const stop = presence.subscribe(() => undefined)
  await eventually(() => presence.get()?.online === true)
  bob.network.cut()
  await eventually(() => presence.get()?.online === false)
  expect(presence.get()?.lastSeen).toBeGreaterThan(0)
  stop()
})
