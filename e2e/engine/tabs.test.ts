import { expect, test } from 'vitest'
import { browser } from './browser.ts'
import { eventually } from './eventually.ts'
import type { Device } from './town.ts'
import { marks, online, shown, startTown } from './town.ts'

test('two tabs have one leader, and both show the same', async () => {
  const town = await startTown()
  const bob = await town.device('bob')
  const open = browser(town, 'alice')
  const first = await open()
  const second = await open()
  expect(first.engine.leader.get()).toBe(true)
  expect(second.engine.leader.get()).toBe(false)
  await online(second)
  const lunch = await town.group(second, bob)
  const bobs = bob.engine.open(lunch)
  second.engine.open(lunch)
  await eventually(() => second.engine.open(lunch).state.get().state === 'ready')

  await second.engine.open(lunch).send({ text: 'from the second tab' })
  await eventually(() => shown(bob, lunch).join() === 'from the second tab')
  await bobs.send({ text: 'hello' })
  first.engine.open(lunch)
  for (const tab of [first, second]) {
    await eventually(() => shown(tab, lunch).join() === 'from the second tab,hello')
    await eventually(() => marks(tab, lunch)[0] === 'delivered')
  }
  await second.engine.open(lunch).setDraft('half a thought')
  await eventually(() => first.engine.open(lunch).draft.get() === 'half a thought')
  bobs.setTyping(true)
  await eventually(() => second.engine.open(lunch).typing.get().length === 1)
  await second.engine.markAllRead(lunch)
  await eventually(() => first.engine.inbox.get().rows[0]?.unread === 0)
})

test('[E5] a leader that is killed while it sends hands over without loss or duplicate', async () => {
  const town = await startTown()
  const bob = await town.device('bob')
  const open = browser(town, 'alice')
  const leader = await open()
  const other = await open()
  const lunch = await town.group(other, bob)
  bob.engine.open(lunch)
  other.engine.open(lunch)
  await eventually(() => other.engine.open(lunch).state.get().state === 'ready')

  const texts = Array.from({ length: 250 }, (_, index) => String(index))
  let appends = 0
  // The second batch leaves, and the tab is gone before the answer.
  leader.network.cutBefore = (frame) => {
    if (frame.includes('"append"') && ++appends === 2) queueMicrotask(() => leader.kill())
    return false
  }
  await Promise.all(texts.map((text) => other.engine.open(lunch).send({ text })))
  await eventually(() => other.engine.leader.get())
  await eventually(() => other.engine.outbox.get().pending === 0)
  await eventually(() => shown(bob, lunch).length === texts.length)
  expect(shown(bob, lunch)).toEqual(texts)
  await eventually(() => shown(other, lunch).join() === texts.join())
})

test('a leader that is closed hands over, and the next one keeps what was on screen', async () => {
  const town = await startTown()
  const bob = await town.device('bob')
  const open = browser(town, 'alice')
  const first = await open()
  const second = await open()
  const lunch = await town.group(second, bob)
  const bobs = bob.engine.open(lunch)
  second.engine.open(lunch)
  await eventually(() => second.engine.open(lunch).state.get().state === 'ready')
  await first.engine.close()
  await eventually(() => second.engine.leader.get() && second.engine.connection.get().state === 'online')
  await bobs.send({ text: 'still there?' })
  await eventually(() => shown(second, lunch).join() === 'still there?')
  expect(second.engine.account.get().state).toBe('signed-in')
})

test('signing out in one tab signs out all', async () => {
  const town = await startTown()
  const open = browser(town, 'alice')
  const first = await open()
  const second = await open()
  const lunch = await town.group(first)
  first.engine.open(lunch)
  await online(second)
  expect(await second.engine.signOut()).toEqual({ ok: true, value: undefined })
  for (const tab of [first, second]) {
    await eventually(() => tab.engine.account.get().state === 'signed-out')
    expect(tab.engine.inbox.get().rows).toEqual([])
  }
  await eventually(() => first.engine.connection.get().state === 'offline')
})

const asking = ({ engine }: Device) => engine.inbox.get().rows[0]?.asking?.count

test('[C5] who asks to be let in stands in every tab of those who decide, and an answer reaches every tab of whoever asked', async () => {
  const town = await startTown()
  const [open, openEves] = [browser(town, 'alice'), browser(town, 'eve')]
  const [first, second] = [await open(), await open()]
  const [eve, eves] = [await openEves(), await openEves()]
  for (const tab of [first, second, eve, eves]) await online(tab)
  const lunch = await town.group(first)
  const link = await first.engine.joinLinks.create(lunch, { days: 1, maxUses: 9, approval: true })
  if (!link.ok) throw new Error(link.refusal.words)
  expect(await eve.engine.joinLinks.accept(link.value.code)).toEqual({ ok: true, value: null })
  for (const tab of [first, second]) await eventually(() => asking(tab) === 1)

  expect(await second.engine.joinLinks.decline(lunch, eve.me())).toMatchObject({ ok: true })
  for (const tab of [first, second]) await eventually(() => asking(tab) === undefined)
  for (const tab of [eve, eves]) {
    await eventually(() => tab.engine.joinLinks.answers.get().length > 0)
    expect(tab.engine.joinLinks.answers.get()).toMatchObject([{ conversation: lunch, name: 'Lunch', accepted: false }])
  }
  const [answer] = eves.engine.joinLinks.answers.get()
  if (answer === undefined) throw new Error('There is one.')
  await eves.engine.joinLinks.answerRead(answer)
  for (const tab of [eve, eves]) await eventually(() => tab.engine.joinLinks.answers.get().length === 0)
})
