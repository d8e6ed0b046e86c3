import { expect, test } from 'vitest'
import { eventually } from './eventually.ts'
import { marks, online, shown, startTown } from './town.ts'

test('what alice writes appears at bob, once, and she sees it stored, delivered and read', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  const bob = await town.device('bob')
  const lunch = await town.group(alice, bob)

  const alices = alice.engine.open(lunch)
  await alices.send({ text: 'hello' })
  await eventually(() => marks(alice, lunch)[0] === 'stored')

  await eventually(() => bob.engine.inbox.get().rows.some((row) => row.conversation === lunch && row.unread === 1))
  const bobs = bob.engine.open(lunch)
  await eventually(() => shown(bob, lunch).join() === 'hello')
  await eventually(() => marks(alice, lunch)[0] === 'delivered')

  await bobs.markRead(bobs.timeline.get().head)
  await eventually(() => marks(alice, lunch)[0] === 'read')
  await eventually(() => bob.engine.inbox.get().rows[0]?.unread === 0)

  await bobs.send({ text: 'hi alice' })
  await eventually(() => shown(alice, lunch).join() === 'hello,hi alice')
  await eventually(() => shown(bob, lunch).join() === 'hello,hi alice')
  expect(alice.engine.outbox.get()).toEqual({ pending: 0, refused: 0 })
})

test('what is written offline waits, and arrives once and in order on every device', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  const phone = await town.device('alice')
  const bob = await town.device('bob')
  const lunch = await town.group(alice, bob)
  await online(alice)
  const alices = alice.engine.open(lunch)
  for (const device of [phone, bob]) device.engine.open(lunch)
  await eventually(() => alices.state.get().state === 'ready')

  alice.network.cut()
  await eventually(() => alice.engine.connection.get().state === 'offline')
  for (const text of ['one', 'two', 'three']) await alices.send({ text })
  expect(shown(alice, lunch)).toEqual(['one', 'two', 'three'])
  expect(marks(alice, lunch)).toEqual(['pending', 'pending', 'pending'])
  await bob.engine.open(lunch).send({ text: 'meanwhile' })
  await eventually(() => marks(bob, lunch)[0] === 'stored')

  alice.network.restore()
  const all = 'meanwhile,one,two,three'
  for (const device of [alice, phone, bob]) await eventually(() => shown(device, lunch).join() === all)
  await eventually(() => alice.engine.outbox.get().pending === 0)
})
