// Whom messages, replies and edits call, on the devices of who is called: online, away and back, and where it was read.

import { expect, test } from 'vitest'
import type { Thread } from '../../client/sync/engine.ts'
import { eventually } from './eventually.ts'
import type { Device } from './town.ts'
import { online, shown, startTown } from './town.ts'

function row({ engine }: Device) {
  return engine.inbox.get().rows[0]
}

function calls(device: Device): number | undefined {
  return row(device)?.mentions
}

function ready(thread: Thread) {
  const state = thread.state.get()
  return state.state === 'ready' ? state : null
}

/** Alice has asked something; Bob has a laptop and a phone, and looks at his list. */
async function lunchTalk() {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const phone = await town.device('bob')
  const lunch = await town.group(alice, bob)
  const alices = alice.engine.open(lunch)
  const root = await alices.send({ text: 'where?' })
  await Promise.all([bob, phone].map((device) => eventually(() => row(device)?.last?.id === root)))
  return { town, alice, bob, phone, lunch, alices, root }
}

test('[T6] a reply that calls somebody is news to them who never looked into its thread, until it is read on one device', async () => {
  const { bob, phone, lunch, alices, root } = await lunchTalk()
  const thread = alices.openThread(root)
  await thread.reply({ text: 'not for you' })
  await thread.reply({ text: 'ask @bob', mentions: [bob.me()] })
  for (const device of [bob, phone]) await eventually(() => calls(device) === 1 && row(device)?.threads.length === 1)
  const bobs = bob.engine.open(lunch)
  // To read the conversation is not to read the thread.
  await bobs.markRead(row(bob)!.head)
  expect(calls(bob)).toBe(1)
  const bobsThread = bobs.openThread(root)
  await eventually(() => ready(bobsThread)?.unread === 1 && ready(bobsThread)?.following === true)
  await bobsThread.markRead(ready(bobsThread)!.last)
  expect(row(bob)).toMatchObject({ mentions: 0, threads: [] })
  await eventually(() => calls(phone) === 0 && row(phone)?.threads.length === 0)
  expect(ready(bobsThread)).toMatchObject({ following: true, unread: 0 })
})

test('[T6] written offline, a reply calls when it arrives; whoever left the thread is drawn in again', async () => {
  const { alice, bob, lunch, alices, root } = await lunchTalk()
  const bobsThread = bob.engine.open(lunch).openThread(root)
  await eventually(() => ready(bobsThread) !== null)
  await bobsThread.reply({ text: 'here' })
  expect(await bobsThread.follow(false)).toEqual({ ok: true, value: undefined })
  await eventually(() => ready(bobsThread)?.following === false)
  const thread = alices.openThread(root)
  await eventually(() => ready(thread)?.replies.length === 1)
  alice.network.cut()
  await eventually(() => alice.engine.connection.get().state === 'offline')
  const id = await thread.reply({ text: '@bob?', mentions: [bob.me()] })
  expect(ready(thread)?.replies.at(-1)).toMatchObject({ id, mark: { state: 'pending' }, body: { mentions: [bob.me()] } })
  expect(calls(bob)).toBe(0)
  alice.network.restore()
  await eventually(() => calls(bob) === 1 && ready(bobsThread)?.following === true && ready(bobsThread)?.unread === 1)
})

test('[R9] an edit calls whom it names first, and takes back what was not read, also for who was away', async () => {
  const { bob, phone, lunch, alices, root } = await lunchTalk()
  const bobs = bob.engine.open(lunch)
  await eventually(() => shown(bob, lunch).length === 1)
  await bobs.markRead(row(bob)!.head)
  await eventually(() => row(phone)?.unread === 0)
  phone.network.cut()
  await eventually(() => phone.engine.connection.get().state === 'offline')
  await alices.edit(root, 'where, @bob?', { mentions: [bob.me()] })
  await eventually(() => calls(bob) === 1)
  expect(row(bob)).toMatchObject({ unread: 0 })
  expect(bobs.timeline.at(0)?.body).toMatchObject({ text: 'where, @bob?', mentions: [bob.me()] })
  phone.network.restore()
  await eventually(() => calls(phone) === 1)
  await alices.edit(root, 'where, all?', {})
  await eventually(() => calls(bob) === 0 && calls(phone) === 0)
  await alices.edit(root, 'where, @all?', { mentionsAll: true })
  await eventually(() => row(bob)?.last?.preview === 'where, @all?' && row(phone)?.last?.preview === 'where, @all?')
  await bobs.markRead(row(bob)!.head)
  expect(calls(bob)).toBe(0)
  // Called before, and not again; nor is who erases what they said calling anybody.
  await alices.edit(root, 'so where, @bob?', { mentions: [bob.me()] })
  await eventually(() => row(bob)?.last?.preview === 'so where, @bob?' && calls(bob) === 0 && calls(phone) === 0)
  const shout = await alices.send({ text: '@bob!', mentions: [bob.me()] })
  await eventually(() => calls(bob) === 1 && calls(phone) === 1)
  await alices.erase(shout)
  await eventually(() => calls(bob) === 0 && calls(phone) === 0)
})

test('[T6] an edit of an old reply calls into its thread, and opening that is enough', async () => {
  const { bob, phone, lunch, alices, root } = await lunchTalk()
  const thread = alices.openThread(root)
  const id = await thread.reply({ text: 'ask him' })
  await alices.send({ text: 'meanwhile' })
  await alices.edit(id, 'ask @bob', { mentions: [bob.me()] })
  await eventually(() => calls(bob) === 1 && calls(phone) === 1)
  const { root: place, last } = row(bob)!.threads[0]!
  expect(await bob.engine.messageAt(lunch, last)).toMatchObject({ id, thread: root, text: 'ask @bob', edited: true })
  expect(place).toBeLessThan(last)
  const bobsThread = bob.engine.open(lunch).openThread(root)
  await eventually(() => ready(bobsThread)?.unread === 1)
  await bobsThread.markRead(ready(bobsThread)!.last)
  await eventually(() => calls(bob) === 0 && calls(phone) === 0 && row(phone)?.threads.length === 0)
})

test('a reply is kept for later and read again from there', async () => {
  const { bob, phone, lunch, alices, root } = await lunchTalk()
  const id = await alices.openThread(root).reply({ text: 'at Luigi’s' })
  const bobs = bob.engine.open(lunch)
  const thread = bobs.openThread(root)
  await eventually(() => ready(thread)?.replies.length === 1)
  await bobs.setSaved([id], true)
  expect(ready(thread)?.replies[0]?.saved).toBe(true)
  await eventually(() => phone.engine.saved.get().length === 1)
  expect(await phone.engine.message(lunch, id)).toMatchObject({ thread: root, text: 'at Luigi’s', erased: false })
  await alices.erase(id)
  await eventually(async () => (await phone.engine.message(lunch, id))?.erased === true)
})

test('who types in a thread types there and not in the conversation, in one place at a time', async () => {
  const { alice, bob, lunch, alices, root } = await lunchTalk()
  const bobs = bob.engine.open(lunch)
  await online(bob)
  const [alicesThread, bobsThread] = [alices.openThread(root), bobs.openThread(root)]
  await eventually(() => ready(alicesThread) !== null && ready(bobsThread) !== null && shown(bob, lunch).length === 1)
  alicesThread.setTyping(true)
  await eventually(() => bobsThread.typing.get().join() === alice.me())
  expect(bobs.typing.get()).toEqual([])
  alices.setTyping(true)
  await eventually(() => bobs.typing.get().join() === alice.me() && bobsThread.typing.get().length === 0)
  alices.setTyping(false)
  await eventually(() => bobs.typing.get().length === 0)
  alicesThread.setTyping(true)
  await eventually(() => bobsThread.typing.get().length === 1)
  alicesThread.close()
  await eventually(() => bobsThread.typing.get().length === 0)
})
