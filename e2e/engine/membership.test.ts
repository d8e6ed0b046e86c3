import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { ConversationId, EntryId } from '../../shared/ids.ts'
import { INBOX_PAGE_ROWS } from '../../shared/limits.ts'
import { eventually } from './eventually.ts'
import { marks, online, shown, startTown } from './town.ts'
import { leave } from '../../storage/contract/changes.ts'

test('who is removed sees the conversation gone, keeps what was not sent, and gets nothing more', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const alices = alice.engine.open(lunch)
  const bobs = bob.engine.open(lunch)
  await alices.send({ text: 'hello' })
  await eventually(() => shown(bob, lunch).length === 1)
  expect(await alice.engine.removeMember(lunch, bob.me())).toMatchObject({ ok: true })
  await eventually(() => bobs.state.get().state === 'gone')
  expect(bob.engine.inbox.get().rows).toEqual([])
  expect(shown(bob, lunch)).toEqual([])

  await bobs.send({ text: 'too late' })
  await eventually(() => marks(bob, lunch)[0] === 'refused')
  expect(shown(bob, lunch)).toEqual(['too late'])
  await alices.send({ text: 'he is gone' })
  await eventually(() => marks(alice, lunch)[1] === 'stored')
  expect(shown(bob, lunch)).toEqual(['too late'])

  // Added again, everything is there again.
  await alice.engine.addMembers(lunch, [bob.me()])
  await eventually(() => bobs.state.get().state === 'ready')
})

test('who was removed while offline learns it on return', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const bobs = bob.engine.open(lunch)
  await eventually(() => bobs.state.get().state === 'ready')
  bob.network.cut()
  await eventually(() => bob.engine.connection.get().state === 'offline')
  await alice.engine.removeMember(lunch, bob.me())
  bob.network.restore()
  await eventually(() => bobs.state.get().state === 'gone')
  expect(bobs.state.get()).toMatchObject({ state: 'gone' })
})

test('[E9] of more groups than an answer holds, who was taken out of them while away forgets every one, and no other', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const { conversations } = town.server.database
  const kept = await town.group(alice, bob)
  // A device that has not had its first page yet would ask for that alone.
  await eventually(() => bob.engine.inbox.get().complete && bob.engine.inbox.get().rows.length === 1)
  const groups = Array.from({ length: INBOX_PAGE_ROWS + 5 }, () => ConversationId.parse(uuidv7()))
  for (const id of groups) await conversations.createGroup({ id, name: 'Trip', owner: alice.me(), members: [bob.me()], now: Date.now() })
  bob.network.cut()
  bob.network.restore()
  await eventually(() => bob.engine.inbox.get().rows.length === groups.length + 1)
  bob.network.cut()
  await eventually(() => bob.engine.connection.get().state === 'offline')
  for (const id of groups) await leave({ conversations }, id, bob.me())
  expect(bob.engine.inbox.get().rows).toHaveLength(groups.length + 1)
  bob.network.restore()
  await eventually(() => bob.engine.inbox.get().rows.length === 1)
  expect(bob.engine.inbox.get().rows.map(({ conversation }) => conversation)).toEqual([kept])
})

test('a session that is ended elsewhere signs the device out, and what it had not sent waits for its author', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  const phone = await town.device('alice')
  const lunch = await town.group(alice)
  const onPhone = phone.engine.open(lunch)
  await online(phone)
  await eventually(() => onPhone.state.get().state === 'ready')
  phone.network.cut()
  await onPhone.send({ text: 'unsent' })
  const sessions = await alice.engine.sessions()
  const other = sessions.ok ? sessions.value.find((session) => !session.current) : undefined
  if (other === undefined) throw new Error('The phone has no session.')
  expect(await alice.engine.endSession(other.id)).toMatchObject({ ok: true })
  phone.network.restore()
  await eventually(() => phone.engine.account.get().state === 'signed-out')
  expect(phone.engine.inbox.get().rows).toEqual([])
  expect(phone.engine.outbox.get().pending).toBe(1)

  await phone.engine.signIn({ handle: 'alice', password: 'correct horse battery' })
  await eventually(() => phone.engine.outbox.get().pending === 0)
  alice.engine.open(lunch)
  await eventually(() => shown(alice, lunch).join() === 'unsent')
})

test('nobody sees what another account left on the device', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  await town.device('bob')
  const lunch = await town.group(alice)
  await alice.engine.open(lunch).send({ text: 'private' })
  await eventually(() => alice.engine.outbox.get().pending === 0)
  await alice.engine.signOut()
  expect(await alice.engine.signIn({ handle: 'bob', password: 'correct horse battery' })).toMatchObject({ ok: true })
  await online(alice)
  expect(alice.engine.inbox.get().rows).toEqual([])
  expect(await alice.store.range('entries', '', '~')).toEqual([])
})

test('a refused entry stays with its reason; its replies are refused here; it can be discarded', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  const lunch = await town.group(alice)
  const alices = alice.engine.open(lunch)
  const unknown = EntryId.parse(crypto.randomUUID())
  const parent = await alices.send({ text: 'to nobody', replyTo: unknown })
  const child = await alices.send({ text: 'to that', replyTo: parent })
  await alices.send({ text: 'fine' })
  await eventually(() => shown(alice, lunch).join() === 'fine,to nobody,to that' && marks(alice, lunch)[2] === 'refused')
  expect(marks(alice, lunch)).toEqual(['stored', 'refused', 'refused'])
  await alices.discard(parent)
  await alices.discard(child)
  expect(shown(alice, lunch)).toEqual(['fine'])
  expect(alice.engine.outbox.get()).toEqual({ pending: 0, refused: 0 })
})

test('drafts, pins and mutes of two devices merge, also when both were offline', async () => {
  const town = await startTown()
  const [alice, phone] = [await town.device('alice'), await town.device('alice')]
  const lunch = await town.group(alice)
  const other = await town.group(alice)
  await eventually(() => phone.engine.inbox.get().rows.length === 2)
  for (const device of [alice, phone]) device.network.cut()
  await eventually(() => alice.engine.connection.get().state === 'offline' && phone.engine.connection.get().state === 'offline')
  await alice.engine.open(lunch).setDraft('half a thought')
  await phone.engine.setPinned(other, true)
  await phone.engine.setMuted(lunch, Infinity)
  for (const device of [alice, phone]) device.network.restore()
  for (const device of [alice, phone]) {
    await eventually(() => device.engine.inbox.get().rows.some((row) => row.conversation === lunch && row.draft === 'half a thought' && row.muted))
    expect(device.engine.inbox.get().rows[0]).toMatchObject({ conversation: other, pinned: true })
  }
})

test('a mute that ran out shows, although nothing happens', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const muted = () => alice.engine.inbox.get().rows.find(({ conversation }) => conversation === lunch)?.muted
  await alice.engine.setMuted(lunch, Date.now() + 400)
  expect(muted()).toBe(true)
  await eventually(() => muted() === false)
})

test('[M5] whoever is banned has the conversation gone, and is refused until it is allowed again', async () => {
  const town = await startTown()
  const [alice, bob] = [await town.device('alice'), await town.device('bob')]
  const lunch = await town.group(alice, bob)
  const [alices, bobs] = [alice.engine.open(lunch), bob.engine.open(lunch)]
  await eventually(() => bobs.state.get().state === 'ready')
  expect(await alice.engine.bans.ban(lunch, bob.me())).toMatchObject({ ok: true })
  await eventually(() => bobs.state.get().state === 'gone')
  const banned = () => {
    const state = alices.state.get()
    return state.state === 'ready' ? state.banned : null
  }
  await eventually(() => banned() === 1)
  expect(await alice.engine.addMembers(lunch, [bob.me()])).toMatchObject({ ok: false, refusal: { reason: 'others-banned' } })
  expect(await alice.engine.bans.list(lunch)).toMatchObject({ ok: true, value: [{ user: bob.me(), by: alice.me() }] })
  expect(await alice.engine.bans.unban(lunch, bob.me())).toMatchObject({ ok: true })
  expect(await alice.engine.addMembers(lunch, [bob.me()])).toMatchObject({ ok: true })
  await eventually(() => bobs.state.get().state === 'ready')
})
