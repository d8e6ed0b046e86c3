import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { expect, onTestFinished, test } from 'vitest'
import { createSqliteStore } from '../../client/node/sqliteStore.ts'
import type { Engine, Thread } from '../../client/sync/engine.ts'
import { Seq, UserId } from '../../shared/ids.ts'
import { png } from '../browser/png.ts'
import { browser } from './browser.ts'
import { eventually } from './eventually.ts'
import { Network } from './network.ts'
import type { Device, Town } from './town.ts'
import { offline, online, shown, startTown, told } from './town.ts'

const stranger = UserId.parse('00000000-0000-7000-8000-000000000000')

function storeFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'device-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'replica.db')
}

function withoutNetwork(): Network {
  const network = new Network()
  network.cut()
  return network
}

function face(side: number): Blob {
  return new Blob([new Uint8Array(png(side, side))], { type: 'image/png' })
}

function profile({ engine }: { engine: Engine }) {
  return engine.profile.get()
}

function isFollowing(thread: Thread): boolean | null {
  const state = thread.state.get()
  return state.state === 'ready' ? state.following : null
}

function refusedOn({ engine }: { engine: Engine }) {
  return engine.changes.get().refused.map(({ change, refusal }) => ({ type: change.type, code: refusal.code }))
}

/** Bob has asked something in a group with Alice and Carol, and Carol has replied to it: a thread that Alice does not follow. */
async function lunchTalk(town: Town, alice: Device, bob: Device, carol: Device) {
  const lunch = await town.group(bob, alice, carol)
  const bobs = bob.engine.open(lunch)
  const root = await bobs.send({ text: 'where?' })
  const carols = carol.engine.open(lunch)
  await eventually(() => shown(carol, lunch).join() === 'where?')
  const reply = (text: string) => carols.openThread(root).reply({ text })
  await reply('here')
  const alices = alice.engine.open(lunch)
  await eventually(() => shown(alice, lunch).join() === 'where?' && alices.timeline.at(0)?.thread?.count === 1)
  return { lunch, root, reply, alices }
}

async function reportsAbout(admin: Device): Promise<number> {
  const listed = await admin.engine.administration.reports({ state: 'open', after: null })
  if (!listed.ok) throw new Error(listed.refusal.words)
  return listed.value.reports.length
}

test('[E10] what is set without a network is shown, outlives the program, and reaches the server and the other devices', async () => {
  const town = await startTown()
  const file = storeFile()
  const [bob, carol] = [await town.device('bob'), await town.device('carol')]
  const first = await town.device('alice', { store: createSqliteStore(file) })
  await online(first)
  const { lunch, root, reply, alices } = await lunchTalk(town, first, bob, carol)
  expect(isFollowing(alices.openThread(root))).not.toBe(true)
  await eventually(() => isFollowing(alices.openThread(root)) === false && profile(first) !== null)

  await offline(first)
  await first.engine.changeProfile({ name: 'Alice A.', status: { text: 'on a train', emoji: '🚆' }, dnd: {}, privacy: { privateReceipts: true } })
  await first.engine.changeProfile({ name: 'Alice B.', privacy: { presence: 'nobody' } })
  await first.engine.setPicture(face(64))
  await first.engine.block(bob.me())
  await alices.openThread(root).follow(true)
  const asked = alices.timeline.at(0)?.id
  await first.engine.report({ about: bob.me(), reason: 'spam', conversation: lunch, entries: asked === undefined ? [] : [asked] })
  await first.engine.close()

  const again = await town.device('alice', { store: createSqliteStore(file), network: withoutNetwork() })
  expect(profile(again)).toMatchObject({
    person: { name: 'Alice B.', status: { text: 'on a train', emoji: '🚆' }, dnd: {} },
    privacy: { presence: 'nobody', privateReceipts: true },
    blocked: [bob.me()],
  })
  expect(again.engine.account.get()).toMatchObject({ person: { name: 'Alice B.' } })
  const picture = again.engine.person(again.me()).get()?.picture
  if (picture === undefined) throw new Error('The picture is not shown.')
  expect(again.engine.person(again.me()).get()?.name).toBe('Alice B.')
  expect(await (await fetch(again.engine.pictureAddress(picture))).arrayBuffer()).toEqual(await face(64).arrayBuffer())
  const thread = again.engine.open(lunch).openThread(root)
  await eventually(() => isFollowing(thread) === true)
  expect(again.engine.changes.get().pending.map(({ type }) => type).toSorted()).toEqual(['block', 'follow', 'picture', ...Array.from({ length: 5 }, () => 'profile'), 'report'])

  await reply('or here')
  const stop = carol.engine.presence(again.me()).subscribe(() => undefined)
  onTestFinished(stop)
  again.network.restore()
  await told(again)
  const phone = await town.device('alice')
  await eventually(() => profile(phone)?.blocked.join() === bob.me())
  expect(profile(phone)).toEqual(profile(again))
  expect(profile(phone)).toMatchObject({ person: { name: 'Alice B.', status: { text: 'on a train' }, dnd: {}, picture }, privacy: { presence: 'nobody', privateReceipts: true } })
  // What was replied since she chose to follow is new, wherever she looks.
  await eventually(() => [again, phone].every(({ engine }) => engine.inbox.get().rows[0]?.threads.length === 1))
  expect(isFollowing(thread)).toBe(true)
  expect(await reportsAbout(bob)).toBe(1)
  await eventually(() => carol.engine.person(again.me()).get()?.picture === picture && carol.engine.person(again.me()).get()?.name === 'Alice B.')
})

test('[E10] two devices that changed different fields without a network agree on both; of the same one the last to be heard counts', async () => {
  const town = await startTown()
  const [alice, phone] = [await town.device('alice'), await town.device('alice')]
  const [bob, carol] = [await town.device('bob'), await town.device('carol')]
  await Promise.all([online(alice), online(phone)])
  await eventually(() => profile(alice) !== null && profile(phone) !== null)
  await Promise.all([offline(alice), offline(phone)])
  await alice.engine.changeProfile({ name: 'Alice A.', status: { text: 'at home' }, privacy: { presence: 'contacts' } })
  await alice.engine.block(bob.me())
  await phone.engine.changeProfile({ dnd: {}, status: { text: 'on the way' }, privacy: { privateReceipts: true } })
  await phone.engine.setPicture(face(32))
  await phone.engine.block(carol.me())

  alice.network.restore()
  await told(alice)
  phone.network.restore()
  await told(phone)
  const wanted = {
    person: { name: 'Alice A.', status: { text: 'on the way' }, dnd: {}, picture: profile(phone)?.person.picture },
    privacy: { presence: 'contacts', privateReceipts: true },
    blocked: [bob.me(), carol.me()],
  }
  await eventually(() => profile(alice)?.blocked.length === 2)
  for (const device of [alice, phone]) expect(profile(device)).toMatchObject(wanted)
})

test('[E10] what another device says meanwhile does not undo what waits here, and is shown beside it', async () => {
  const town = await startTown()
  const [alice, phone] = [await town.device('alice'), await town.device('alice')]
  await Promise.all([online(alice), online(phone)])
  await eventually(() => profile(alice) !== null)
  // The socket is up; requests fail.
  alice.network.loseRequest = (request) => request.method === 'PATCH'
  await alice.engine.changeProfile({ name: 'Alice A.' })
  const names = new Set<string | undefined>()
  const stop = alice.engine.profile.subscribe(() => names.add(profile(alice)?.person.name))
  await phone.engine.changeProfile({ name: 'Alice P.', status: { text: 'elsewhere' } })
  await eventually(() => profile(alice)?.person.status?.text === 'elsewhere')
  expect(profile(alice)?.person.name).toBe('Alice A.')
  alice.network.loseRequest = null
  await told(alice)
  stop()
  expect([...names]).toEqual(['Alice A.'])
  await eventually(() => profile(phone)?.person.name === 'Alice A.')
})

test('[E10] a request whose answer was lost is sent again and covers nothing that another device set since', async () => {
  const town = await startTown()
  const [alice, bob, carol] = [await town.device('alice'), await town.device('bob'), await town.device('carol')]
  await online(alice)
  const { lunch, root, alices } = await lunchTalk(town, alice, bob, carol)
  const thread = alices.openThread(root)
  await eventually(() => isFollowing(thread) === false)
  const file = storeFile()
  const first = await town.device('alice', { store: createSqliteStore(file) })
  await online(first)
  const firsts = first.engine.open(lunch).openThread(root)
  await eventually(() => isFollowing(firsts) === false && profile(first) !== null)
  first.network.loseAnswer = (request) => request.method !== 'GET'
  await first.engine.changeProfile({ name: 'Alice F.', status: { text: 'first' }, privacy: { presence: 'nobody' } })
  await first.engine.setPicture(face(64))
  await first.engine.block(bob.me())
  await firsts.follow(true)
  // All of it is made; the device does not hear of it, and goes.
  const at = Seq.parse(((await alices.timeline.indexOf(root)) ?? 0) + 1)
  await eventually(async () => (await town.server.database.threads.standing(alice.me(), lunch, at)).following)
  await eventually(() => {
    const { person, privacy, blocked } = profile(alice) ?? {}
    return person?.name === 'Alice F.' && person.status?.text === 'first' && privacy?.presence === 'nobody' && person.picture !== undefined && blocked?.join() === bob.me()
  })
  await first.engine.close()

  await alice.engine.changeProfile({ name: 'Alice L.', status: null, privacy: { presence: 'contacts' } })
  await alice.engine.setPicture(null)
  await alice.engine.unblock(bob.me())
  await thread.follow(false)
  await told(alice)
  const wanted = { person: { name: 'Alice L.' }, privacy: { presence: 'contacts' }, blocked: [] }
  expect(profile(alice)).toMatchObject(wanted)

  const again = await town.device('alice', { store: createSqliteStore(file) })
  const agains = again.engine.open(lunch).openThread(root)
  await told(again)
  expect(refusedOn(again)).toEqual([])
  await online(alice)
  for (const device of [alice, again]) {
    expect(profile(device)).toMatchObject(wanted)
    expect(profile(device)?.person).not.toHaveProperty('status')
    expect(profile(device)?.person.picture).toBeUndefined()
  }
  await eventually(() => isFollowing(agains) === false)
  const tablet = await town.device('alice')
  await eventually(() => profile(tablet) !== null)
  expect(profile(tablet)).toMatchObject(wanted)
  const tablets = tablet.engine.open(lunch).openThread(root)
  await eventually(() => isFollowing(tablets) === false)
  // What is set anew is another change.
  await again.engine.changeProfile({ name: 'Alice F.' })
  await told(again)
  await eventually(() => profile(tablet)?.person.name === 'Alice F.')
})

test('[E10] a request whose answer was lost is sent again and done once', async () => {
  const town = await startTown()
  const [bob, alice] = [await town.device('bob'), await town.device('alice')]
  const carol = await town.device('carol')
  await online(alice)
  const { root, alices } = await lunchTalk(town, alice, bob, carol)
  const thread = alices.openThread(root)
  await eventually(() => isFollowing(thread) === false)
  const lost = new Map<string, number>()
  // Each change is done, and nobody hears of it.
  alice.network.loseAnswer = (request) => {
    const name = `${request.method} ${new URL(request.url).pathname}`
    lost.set(name, (lost.get(name) ?? 0) + 1)
    return request.method !== 'GET' && lost.get(name) === 1
  }
  await alice.engine.report({ about: bob.me(), reason: 'other', words: 'look' })
  await alice.engine.changeProfile({ name: 'Alice A.' })
  await alice.engine.setPicture(face(48))
  await alice.engine.block(bob.me())
  await thread.follow(true)
  await told(alice)
  expect([...lost].filter(([name]) => !name.startsWith('GET')).map(([, times]) => times)).toEqual([2, 2, 2, 2, 2])
  expect(refusedOn(alice)).toEqual([])
  expect(await reportsAbout(bob)).toBe(1)
  expect(profile(alice)).toMatchObject({ person: { name: 'Alice A.' }, blocked: [bob.me()] })
  expect(isFollowing(thread)).toBe(true)
})

test('[E10] what the server refuses for good is shown no more, and said until the person was told', async () => {
  const town = await startTown()
  const file = storeFile()
  const alice = await town.device('alice', { store: createSqliteStore(file) })
  await online(alice)
  await eventually(() => profile(alice) !== null)
  await offline(alice)
  await alice.engine.block(stranger)
  await alice.engine.setPicture(new Blob(['no picture'], { type: 'image/png' }))
  await alice.engine.report({ about: alice.me(), reason: 'spam' })
  await alice.engine.changeProfile({ name: 'Alice A.' })
  expect(profile(alice)).toMatchObject({ blocked: [stranger], person: { picture: expect.any(String) as string } })
  alice.network.restore()
  await told(alice)
  const wanted = [{ type: 'block', code: 'not-found' }, { type: 'picture', code: 'malformed' }, { type: 'report', code: 'malformed' }]
  expect(refusedOn(alice)).toEqual(wanted)
  expect(profile(alice)?.blocked).toEqual([])
  expect(profile(alice)?.person.picture).toBeUndefined()
  expect(profile(alice)?.person.name).toBe('Alice A.')
  await alice.engine.close()

  const again = await town.device('alice', { store: createSqliteStore(file) })
  await online(again)
  expect(refusedOn(again)).toEqual(wanted)
  for (const { id } of again.engine.changes.get().refused) await again.engine.dismissRefused(id)
  expect(refusedOn(again)).toEqual([])
})

test('what can be seen to be wrong here is refused here', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  await offline(alice)
  expect(await alice.engine.changeProfile({ name: '' })).toMatchObject({ ok: false, refusal: { code: 'malformed' } })
  expect(await alice.engine.setPicture(new Blob([new Uint8Array(200_000)], { type: 'image/png' }))).toMatchObject({ ok: false, refusal: { code: 'too-large' } })
  expect(await alice.engine.report({ about: stranger, reason: 'spam', entries: [uuidv7()] })).toMatchObject({ ok: false, refusal: { code: 'malformed' } })
  expect(alice.engine.changes.get()).toEqual({ pending: [], refused: [] })
})

test('[T3] who replies and then leaves the thread, all without a network, has left it; who leaves and then replies follows it', async () => {
  const town = await startTown()
  const [alice, bob, carol] = [await town.device('alice'), await town.device('bob'), await town.device('carol')]
  await online(alice)
  const { root, reply, alices } = await lunchTalk(town, alice, bob, carol)
  const thread = alices.openThread(root)
  await eventually(() => isFollowing(thread) === false)
  await offline(alice)
  await thread.reply({ text: 'coming' })
  await thread.follow(false)
  expect(isFollowing(thread)).toBe(false)
  alice.network.restore()
  await told(alice)
  const phone = await town.device('alice')
  await reply('hurry')
  await eventually(() => carol.engine.outbox.get().pending === 0)
  const phones = phone.engine.open(alices.id).openThread(root)
  await eventually(() => isFollowing(phones) === false)
  expect(isFollowing(thread)).toBe(false)

  await thread.follow(true)
  await told(alice)
  await offline(alice)
  await thread.follow(false)
  await thread.reply({ text: 'I am here' })
  expect(isFollowing(thread)).toBe(true)
  alice.network.restore()
  await told(alice)
  await eventually(() => alice.engine.outbox.get().pending === 0)
  const tablet = await town.device('alice')
  const tablets = tablet.engine.open(alices.id).openThread(root)
  await eventually(() => isFollowing(tablets) === true)
})

test('[E5] what one tab sets every tab shows, the leader sends it, and a leader that dies over it loses nothing', async () => {
  const town = await startTown()
  const open = browser(town, 'alice')
  const [leader, other] = [await open(), await open()]
  await online(other)
  await eventually(() => profile(other) !== null)
  leader.network.cut()
  await eventually(() => other.engine.connection.get().state === 'offline')
  await other.engine.changeProfile({ name: 'Alice A.' })
  await other.engine.setPicture(face(16))
  await eventually(() => profile(leader)?.person.name === 'Alice A.' && profile(leader)?.person.picture === profile(other)?.person.picture)
  await Promise.all([other.engine.changeProfile({ status: { text: 'one' } }), leader.engine.changeProfile({ status: { text: 'two' } })])
  await eventually(() => profile(leader)?.person.status?.text === profile(other)?.person.status?.text)
  const status = profile(leader)?.person.status

  // The first request leaves, and the tab is gone before the answer.
  leader.network.loseAnswer = (request) => {
    if (request.method !== 'PATCH') return false
    leader.kill()
    return true
  }
  leader.network.restore()
  await eventually(() => other.engine.leader.get())
  await told(other)
  const phone = await town.device('alice')
  await eventually(() => profile(phone)?.person.name === 'Alice A.')
  expect(profile(phone)?.person).toMatchObject({ picture: profile(other)?.person.picture, status })
})

test('[U7] who made receipts private without a network tells nobody what they read since', async () => {
  const town = await startTown()
  const [alice, bob, phone, carol] = [await town.device('alice'), await town.device('bob'), await town.device('alice'), await town.device('carol')]
  const lunch = await town.group(bob, alice, carol)
  const [alices, bobs, carols] = [alice.engine.open(lunch), bob.engine.open(lunch), carol.engine.open(lunch)]
  await bobs.send({ text: 'one' })
  await eventually(() => shown(alice, lunch).join() === 'one' && bobs.receipts.get().get(alice.me())?.delivered === alices.timeline.get().head)
  const read = () => bobs.receipts.get().get(alice.me())?.read
  await offline(alice)
  await alice.engine.changeProfile({ privacy: { privateReceipts: true } })
  await alices.markRead(alices.timeline.get().head)
  // The socket is back, and requests still fail.
  alice.network.loseRequest = (request) => request.method === 'PATCH'
  alice.network.restore()
  await online(alice)
  await bobs.send({ text: 'two' })
  await eventually(() => shown(alice, lunch).join() === 'one,two')
  // Longer than receipts are collected; then Carol’s come the same way, later.
  await new Promise((resolve) => setTimeout(resolve, 100))
  await eventually(() => shown(carol, lunch).join() === 'one,two')
  await carols.markRead(carols.timeline.get().head)
  await eventually(() => bobs.receipts.get().get(carol.me())?.read === carols.timeline.get().head)
  // Her phone, which does not know it yet, may tell what it received.
  expect(read()).toBe(0)
  alice.network.loseRequest = null
  await told(alice)
  await eventually(() => phone.engine.inbox.get().rows[0]?.unread === 1)
  expect(read()).toBe(0)
})

test('who signs out is asked while something waits, and leaves nothing of it', async () => {
  const town = await startTown()
  const alice = await town.device('alice')
  await online(alice)
  alice.network.loseAnswer = (request) => request.method === 'POST'
  await alice.engine.report({ about: stranger, reason: 'spam' })
  expect(await alice.engine.signOut()).toMatchObject({ ok: false })
  expect(alice.engine.changes.get().pending).toHaveLength(1)
  expect(await alice.engine.signOut({ discard: true })).toMatchObject({ ok: true })
  expect(alice.engine.changes.get().pending).toEqual([])
  expect(await alice.store.range('changes', '', '~')).toEqual([])
})
