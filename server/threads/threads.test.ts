import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import type { Calling, NewEntry } from '../../shared/conversation/entry.ts'
import { EVERY_THREAD } from '../../shared/conversation/thread.ts'
import type { Seq } from '../../shared/ids.ts'
import { EntryId } from '../../shared/ids.ts'
import { APPEND_RATE_ENTRIES, MENTION_ALL_COST } from '../../shared/limits.ts'
import { entry, stage } from '../gateway/stage.ts'

const at = (seq: number) => seq as Seq // positions in these tests

function reply(of: EntryId, text: string): NewEntry {
  return { id: EntryId.parse(uuidv7()), at: Date.now(), kind: 'reply', body: { of, text } }
}

function edit(of: EntryId, text: string, calling: Calling = {}): NewEntry {
  return { id: EntryId.parse(uuidv7()), at: Date.now(), kind: 'edit', body: { of, text, ...calling } }
}

describe('threads', () => {
  it('[T2][T3] a reply is news to who follows its thread, whatever they look at, and to nobody else', async () => {
    const { people, group, connect } = await stage('alice', 'bob', 'carol')
    const lunch = await group()
    const [alice, bob, carol] = [await connect(people.alice), await connect(people.bob), await connect(people.carol)]
    await alice.open(lunch)
    const root = entry('one')
    await alice.append(lunch, root)
    await bob.append(lunch, reply(root.id, 'yes'))
    const { rows } = await alice.next('inbox')
    expect(rows).toMatchObject([{ conversation: lunch, head: 2, quiet: 2, threads: [{ root: 1, last: 2 }] }])
    // What is new is told in one message: when it has come, so would the row have.
    expect((await carol.next('activity', ({ items }) => items.some(({ head }) => head === 2))).items).toMatchObject([{ conversation: lunch, head: 2 }])
    await carol.roundTrip()
    expect(carol.told.some(({ type }) => type === 'inbox')).toBe(false)
  })

  it('[T4] a mark takes the badge off the other devices of its person, and nobody else is told', async () => {
    const { people, group, connect, deviceOf } = await stage('alice', 'bob')
    const lunch = await group()
    const [laptop, phone, bob] = [await connect(people.alice), await connect(deviceOf(people.alice)), await connect(people.bob)]
    await bob.open(lunch)
    const root = entry('one')
    await laptop.append(lunch, root)
    await bob.append(lunch, reply(root.id, 'yes'))
    await phone.next('inbox', ({ rows }) => rows[0]?.threads.length === 1)
    laptop.say({ type: 'receipts', items: [{ conversation: lunch, thread: at(1), read: at(2) }] })
    await phone.next('inbox', ({ rows }) => rows[0]?.threads.length === 0)
    await bob.roundTrip()
    expect(bob.told.some((message) => message.type === 'receipts')).toBe(false)
  })

  it('[T4] nobody moves the mark of somebody else, or in conversations of others', async () => {
    const { people, group, connect, database } = await stage('alice', 'bob', 'mallory')
    const lunch = await group(people.alice, people.bob)
    const [alice, bob, mallory] = [await connect(people.alice), await connect(people.bob), await connect(people.mallory)]
    const root = entry('one')
    await alice.append(lunch, root)
    await bob.append(lunch, reply(root.id, 'yes'))
    mallory.say({ type: 'receipts', items: [{ conversation: lunch, thread: EVERY_THREAD, read: at(9) }] })
    bob.say({ type: 'receipts', items: [{ conversation: lunch, thread: at(1), read: at(9) }] })
    await mallory.roundTrip()
    await bob.roundTrip()
    expect(await database.threads.standing(people.alice.user, lunch, at(1))).toEqual({ following: true, read: 1 })
    expect(await database.threads.standing(people.mallory.user, lunch, at(1))).toEqual({ following: false, read: 0 })
  })

  it('[T4] marks raised a moment before a restart are kept', async () => {
    const { people, group, connect, sync, database } = await stage('alice', 'bob')
    const lunch = await group()
    const root = entry('one')
    await sync.append(people.alice.by, lunch, [root])
    await sync.append(people.bob.by, lunch, [reply(root.id, 'yes')])
    const alice = await connect(people.alice)
    alice.say({ type: 'receipts', items: [{ conversation: lunch, thread: at(1), read: at(2) }] })
    await alice.roundTrip()
    await sync.drain()
    expect(await database.threads.standing(people.alice.user, lunch, at(1))).toEqual({ following: true, read: 2 })
  })

  it('[R9] an edit that calls others is told to those it concerns, whatever they look at, and to nobody else', async () => {
    const { people, group, connect } = await stage('alice', 'bob', 'carol')
    const lunch = await group()
    const [alice, bob, carol] = [await connect(people.alice), await connect(people.bob), await connect(people.carol)]
    const one = entry('one')
    await alice.append(lunch, one)
    await alice.append(lunch, edit(one.id, '@bob', { mentions: [people.bob.user] }))
    expect((await bob.next('inbox')).rows).toMatchObject([{ head: 2, mentions: 1, called: 2 }])
    await alice.append(lunch, edit(one.id, 'nobody'))
    await bob.next('inbox', ({ rows }) => rows[0]?.mentions === 0)
    expect(carol.told.some(({ type }) => type === 'inbox')).toBe(false)
    await alice.append(lunch, edit(one.id, '@all', { mentionsAll: true }))
    expect((await carol.next('inbox')).rows).toMatchObject([{ mentions: 1, called: 4 }])
  })

  it('[T6] calling everyone where it writes for each of them counts for more in the rate', async () => {
    const { people, group, sync } = await stage('alice', 'bob')
    const lunch = await group()
    const root = entry('one')
    await sync.append(people.alice.by, lunch, [root])
    const most = APPEND_RATE_ENTRIES / MENTION_ALL_COST
    const shouts = Array.from({ length: most }, () => ({ ...reply(root.id, '@all'), body: { of: root.id, text: '@all', mentionsAll: true } }))
    await expect(sync.append(people.alice.by, lunch, shouts)).rejects.toMatchObject({ refusal: { code: 'rate-limited' } })
    expect(await sync.append(people.bob.by, lunch, shouts)).toHaveLength(most)
  })

  it('[T3] whoever leaves a thread hears no more of it, on any device', async () => {
    const { people, group, connect, sync } = await stage('alice', 'bob')
    const lunch = await group()
    const [alice, bob] = [await connect(people.alice), await connect(people.bob)]
    const root = entry('one')
    await alice.append(lunch, root)
    await bob.append(lunch, reply(root.id, 'yes'))
    await alice.next('inbox', ({ rows }) => rows[0]?.threads.length === 1)
    expect(await sync.followThread(people.alice.user, lunch, at(1), { on: false })).toBe(true)
    await alice.next('inbox', ({ rows }) => rows[0]?.threads.length === 0)
    expect(await sync.followThread(people.alice.user, lunch, at(7), { on: true })).toBe(false)
  })
})
