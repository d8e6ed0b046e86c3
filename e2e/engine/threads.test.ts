import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import type { Conversation, Thread, ThreadState } from '../../client/sync/engine.ts'
import type { NewEntry } from '../../shared/conversation/entry.ts'
import { DeviceId, EntryId } from '../../shared/ids.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { eventually } from './eventually.ts'
import type { Device } from './town.ts'
import { online, shown, startTown } from './town.ts'

type Ready = Extract<ThreadState, { state: 'ready' }>

function ready(thread: Thread): Ready | null {
  const state = thread.state.get()
  return state.state === 'ready' ? state : null
}

/** What its replies say; what was erased is a dash. */
function said(thread: Thread): string {
  return (ready(thread)?.replies ?? []).map(({ kind, body }) => (kind === 'erased' ? '–' : body.text)).join(', ')
}

function newThreads({ engine }: Device): number | undefined {
  return engine.inbox.get().rows[0]?.threads.length
}

/** Alice has asked something, and Bob sees it. */
async function lunchTalk() {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const [alices, bobs] = [alice.engine.open(lunch), bob.engine.open(lunch)]
  const root = await alices.send({ text: 'where?' })
  await eventually(() => shown(bob, lunch).join() === 'where?')
  return { town, alice, bob, lunch, alices, bobs, root }
}

test('[T1][T2] replies stand in the thread and not in the conversation, which says how many there are', async () => {
  const { alice, bob, lunch, alices, bobs, root } = await lunchTalk()
  const [alicesThread, bobsThread] = [alices.openThread(root), bobs.openThread(root)]
  await eventually(() => ready(bobsThread) !== null)
  const id = await bobsThread.reply({ text: 'at Luigi’s' })
  expect(said(bobsThread)).toBe('at Luigi’s')
  await eventually(() => said(alicesThread) === 'at Luigi’s')
  await bobs.edit(id, 'at Mario’s', {})
  await alices.react(id, '👍', true)
  await eventually(() => said(alicesThread) === 'at Mario’s' && ready(bobsThread)?.replies[0]?.reactions[0]?.emoji === '👍')
  expect(ready(alicesThread)?.replies[0]?.versions).toMatchObject([{ text: 'at Luigi’s' }])
  expect(shown(alice, lunch)).toEqual(['where?'])
  expect(alices.timeline.at(0)?.thread).toMatchObject({ count: 1, authors: [bob.me()] })
  expect(alice.engine.inbox.get().rows[0]).toMatchObject({ unread: 0, last: { preview: 'where?' } })
})

test('[T1] a reply quotes another of its thread, written without a network as with one; erased, it quotes nothing', async () => {
  const { alices, bobs, root } = await lunchTalk()
  const [alicesThread, bobsThread] = [alices.openThread(root), bobs.openThread(root)]
  await eventually(() => ready(bobsThread) !== null)
  const id = await bobsThread.reply({ text: 'at Luigi’s' })
  // What it quotes is still on its way.
  const quoting = await bobsThread.reply({ text: 'orders already', replyTo: id, style: 'action' })
  expect(ready(bobsThread)?.replies.at(-1)?.body).toEqual({ text: 'orders already', replyTo: id, style: 'action' })
  await eventually(() => ready(alicesThread)?.replies.length === 2)
  expect(ready(alicesThread)?.replies.at(-1)?.body).toEqual({ text: 'orders already', replyTo: id, style: 'action' })
  await bobs.edit(quoting, 'ordered already', {})
  await eventually(() => said(alicesThread) === 'at Luigi’s, ordered already')
  expect(ready(alicesThread)?.replies.at(-1)?.body).toEqual({ text: 'ordered already', replyTo: id, style: 'action' })
  await bobs.erase(quoting)
  await eventually(() => said(alicesThread) === 'at Luigi’s, –')
  expect(ready(alicesThread)?.replies.at(-1)?.body).toEqual({ text: '' })
})

test('[T4] what is new in a followed thread is new on every device until it was read on one', async () => {
  const { town, alice, bobs, alices, root } = await lunchTalk()
  const phone = await town.device('alice')
  await online(phone)
  await bobs.openThread(root).reply({ text: 'here' })
  await eventually(() => newThreads(alice) === 1 && newThreads(phone) === 1)
  const thread = alices.openThread(root)
  await eventually(() => ready(thread)?.unread === 1 && ready(thread)?.firstUnread !== null)
  await thread.markRead(ready(thread)!.last)
  expect(newThreads(alice)).toBe(0)
  expect(ready(thread)).toMatchObject({ unread: 0, following: true })
  await eventually(() => newThreads(phone) === 0)
})

test('[T4] marking a conversation read from the list reads its threads, also offline', async () => {
  const { town, alice, bobs, lunch, root } = await lunchTalk()
  await bobs.openThread(root).reply({ text: 'here' })
  await eventually(() => newThreads(alice) === 1)
  alice.network.cut()
  await eventually(() => alice.engine.connection.get().state === 'offline')
  await alice.engine.markAllRead(lunch)
  expect(newThreads(alice)).toBe(0)
  alice.network.restore()
  const phone = await town.device('alice')
  await eventually(() => newThreads(phone) === 0)
  await bobs.openThread(root).reply({ text: 'come' })
  await eventually(() => newThreads(phone) === 1 && newThreads(alice) === 1)
})

test('[T3] whoever only looks on is told nothing until they follow, and no more once they left', async () => {
  const { town, alices, bobs, root } = await lunchTalk()
  const alicesThread = alices.openThread(root)
  await alicesThread.reply({ text: 'anyone?' })
  const bobsThread = bobs.openThread(root)
  await eventually(() => said(bobsThread) === 'anyone?')
  expect(ready(bobsThread)).toMatchObject({ following: false, unread: 0 })
  expect(await bobsThread.follow(true)).toEqual({ ok: true, value: undefined })
  await alicesThread.reply({ text: 'hello?' })
  const phone = await town.device('bob')
  await eventually(() => newThreads(phone) === 1 && ready(bobsThread)?.unread === 1)
  expect(await bobsThread.follow(false)).toEqual({ ok: true, value: undefined })
  await eventually(() => newThreads(phone) === 0)
})

test('[T1] written offline, a reply waits in the outbox and arrives with what was done to it', async () => {
  const { alice, alices, bobs, root } = await lunchTalk()
  const thread = alices.openThread(root)
  await eventually(() => ready(thread) !== null && alice.engine.outbox.get().pending === 0)
  alice.network.cut()
  await eventually(() => alice.engine.connection.get().state === 'offline')
  const id = await thread.reply({ text: 'heer' })
  await alices.edit(id, 'here', {})
  await alices.react(id, '🎉', true)
  expect(said(thread)).toBe('here')
  expect(ready(thread)?.replies[0]).toMatchObject({ mark: { state: 'pending' }, reactions: [{ emoji: '🎉', own: true }] })
  expect(alices.timeline.at(0)?.thread).toMatchObject({ count: 1 })
  alice.network.restore()
  const bobsThread = bobs.openThread(root)
  await eventually(() => said(bobsThread) === 'here' && ready(bobsThread)?.replies[0]?.reactions.length === 1)
  await eventually(() => ready(thread)?.replies[0]?.mark.state !== 'pending')
  expect(ready(thread)?.replies).toHaveLength(1)
})

test('[T5] an erased reply leaves its place on all devices; an erased message leaves its replies', async () => {
  const { alice, alices, bobs, root } = await lunchTalk()
  const [alicesThread, bobsThread] = [alices.openThread(root), bobs.openThread(root)]
  const secret = await bobsThread.reply({ text: 'a secret' })
  await bobsThread.reply({ text: 'stays' })
  await eventually(() => said(alicesThread) === 'a secret, stays')
  await bobs.erase(secret)
  await eventually(() => said(alicesThread) === '–, stays' && said(bobsThread) === '–, stays')
  expect(alices.timeline.at(0)?.thread).toMatchObject({ count: 1 })
  expect(JSON.stringify(await alice.store.range('entries', '', '~'))).not.toContain('a secret')
  await alices.erase(root)
  await eventually(() => ready(bobsThread)?.root.kind === 'erased')
  expect(said(bobsThread)).toBe('–, stays')
  await bobsThread.reply({ text: 'too late' })
  await eventually(() => {
    const mark = ready(bobsThread)?.replies.at(-1)?.mark
    return mark?.state === 'refused' && mark.refusal.code === 'erased'
  })
})

test('[T3][E4] without a connection the threads are listed that this device knows, as they read now, and none that was left', async () => {
  const { alice, bob, lunch, alices, bobs, root } = await lunchTalk()
  const other = await alices.send({ text: 'when?' })
  await eventually(() => shown(bob, lunch).join() === 'where?,when?')
  const listed = async () => {
    const answer = await alice.engine.threads(lunch, null)
    return answer.ok ? { isWhole: answer.value.isWhole, threads: answer.value.threads.map(({ root: message, last, replies }) => [message.id, 'text' in last.body ? last.body.text : null, replies]) } : answer.refusal.code
  }
  const id = await bobs.openThread(root).reply({ text: 'heer' })
  await bobs.edit(id, 'here', {})
  await bobs.openThread(other).reply({ text: 'now' })
  const [here, now] = [alices.openThread(root), alices.openThread(other)]
  await eventually(() => said(here) === 'here' && said(now) === 'now' && newThreads(alice) === 2)
  const whole = [[other, 'now', 1], [root, 'here', 1]]
  expect(await listed()).toEqual({ isWhole: true, threads: whole })
  alice.network.cut()
  await eventually(() => alice.engine.connection.get().state === 'offline')
  expect(await listed()).toEqual({ isWhole: false, threads: whole })
  await now.follow(false)
  expect(await listed()).toEqual({ isWhole: false, threads: whole.slice(1) })
})

test('[N5] a thread is whole wherever its replies and what was said about them stand, also offline and after a restart', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const write = (entries: NewEntry[]) => town.server.database.log.commit([{ conversation: lunch, author: alice.me(), device: DeviceId.parse(uuidv7()), entries, now: Date.now(), trusted: true }])
  const root = EntryId.parse(uuidv7())
  const reply = (text: string): NewEntry => ({ id: EntryId.parse(uuidv7()), at: 1, kind: 'reply', body: { of: root, text } })
  const [near, far] = [reply('near'), reply('far')]
  // Root and one reply in the first segment, the other in the second, both edited in the third, a reaction in the fourth.
  await write([{ id: root, at: 1, kind: 'message', body: { text: 'root' } }, near, ...filler(600), far, ...filler(600), edit(near.id, 'near, edited'), edit(far.id, 'far, edited'), ...filler(600)])
  await write([{ id: EntryId.parse(uuidv7()), at: 1, kind: 'reaction', body: { of: far.id, emoji: '👍', on: true } }])

  const thread = await openThread(bob, lunch, root)
  await eventually(() => said(thread) === 'near, edited, far, edited' && ready(thread)?.replies[1]?.reactions.length === 1)
  // Erased while nobody looks at it, by somebody else.
  const conversation = alice.engine.open(lunch)
  await eventually(() => conversation.state.get().state === 'ready')
  bob.network.cut()
  await eventually(() => bob.engine.connection.get().state === 'offline')
  await conversation.erase(far.id)
  await eventually(() => alice.engine.outbox.get().pending === 0)
  bob.network.restore()
  await eventually(() => said(thread) === 'near, edited, –')

  const { store } = bob
  await bob.engine.close()
  expect(JSON.stringify(await store.range('annotations', '', '~'))).not.toContain('far')
  const again = await town.device('bob', { store, signIn: false })
  again.network.cut()
  const offline = await openThread(again, lunch, root)
  await eventually(() => said(offline) === 'near, edited, –')
})

async function openThread(device: Device, id: ConversationId, root: EntryId): Promise<Thread> {
  const conversation: Conversation = device.engine.open(id)
  await eventually(() => conversation.state.get().state === 'ready')
  return conversation.openThread(root)
}

function edit(of: EntryId, text: string): NewEntry {
  return { id: EntryId.parse(uuidv7()), at: 1, kind: 'edit', body: { of, text } }
}

function filler(count: number): NewEntry[] {
  return Array.from({ length: count }, () => ({ id: EntryId.parse(uuidv7()), at: 1, kind: 'message', body: { text: 'la' } }))
}

test('a draft of a thread is its own, on all devices of its person', async () => {
  const { town, alices, lunch, root } = await lunchTalk()
  await alices.setDraft('to all')
  await alices.openThread(root).setDraft('to those in it')
  const phone = await town.device('alice')
  const thread = await openThread(phone, lunch, root)
  await eventually(() => thread.draft.get() === 'to those in it')
  expect(phone.engine.open(lunch).draft.get()).toBe('to all')
})
