import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ConversationId, DeviceId, UserId } from '../../shared/ids.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'
import { tempDir } from '../testing/tempDir.ts'
import { createConversations } from './conversations.ts'

type Told = { conversation: ConversationId; added: readonly UserId[]; removed: readonly UserId[] }

const device = DeviceId.parse(uuidv7())
const by = (user: UserId) => ({ user, device })

async function setup() {
  const database = await openSqlite({ file: join(tempDir(), 'parley.db') })
  onTestFinished(() => database.close())
  const told: Told[] = []
  const events: (string | null)[] = []
  const conversations = createConversations({
    database,
    changed: async (conversation, { entry, added, removed }) => {
      told.push({ conversation, added, removed })
      events.push(entry === null ? null : entry.body.type)
    },
    clock: Date.now,
    newId: uuidv7,
  })
  const person = async (handle: string) => {
    const id = UserId.parse(uuidv7())
    await database.accounts.create({ id, handle, name: handle, passwordHash: null, createdAt: 0 })
    return id
  }
  const people = { alice: await person('alice'), bob: await person('bob'), carol: await person('carol'), eve: await person('eve') }
  return { conversations, database, told, events, ...people }
}

async function withGroup() {
  const context = await setup()
  const { alice, bob, conversations, told } = context
  const { conversation: group } = await conversations.create(alice, { kind: 'group', id: newConversationId(), name: 'Trip', members: [bob] })
  told.length = 0
  return { ...context, group }
}

function newConversationId() {
  return ConversationId.parse(uuidv7())
}

const refused = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) })

describe('direct conversations', () => {
  test('[S5] both may start it at once, and there is one', async () => {
    const { conversations, told, alice, bob } = await setup()
    const rows = await Promise.all([
      conversations.create(alice, { kind: 'direct', with: bob }),
      conversations.create(bob, { kind: 'direct', with: alice }),
      conversations.create(alice, { kind: 'direct', with: bob }),
    ])
    expect(new Set(rows.map((row) => row.conversation)).size).toBe(1)
    expect(rows[0]).toMatchObject({ kind: 'direct', peer: bob })
    expect(rows[1]).toMatchObject({ kind: 'direct', peer: alice })
    expect(told).toEqual([{ conversation: rows[0]?.conversation, added: expect.arrayContaining([alice, bob]), removed: [] }])
  })

  test('nobody is added to one, removed from it or leaves it, and it has no name', async () => {
    const { conversations, told, alice, bob, carol } = await setup()
    const { conversation } = await conversations.create(alice, { kind: 'direct', with: bob })
    told.length = 0
    await expect(conversations.add(by(alice), conversation, [carol])).rejects.toEqual(refused('forbidden'))
    await expect(conversations.remove(by(alice), conversation, bob)).rejects.toEqual(refused('forbidden'))
    await expect(conversations.remove(by(alice), conversation, alice)).rejects.toEqual(refused('forbidden'))
    await expect(conversations.describe(by(alice), conversation, { name: 'Us' })).rejects.toEqual(refused('forbidden'))
    await expect(conversations.setRole(by(alice), conversation, bob, 'admin')).rejects.toEqual(refused('forbidden'))
    expect(told).toEqual([])
  })

  test('it needs another person, who exists', async () => {
    const { conversations, alice } = await setup()
    await expect(conversations.create(alice, { kind: 'direct', with: alice })).rejects.toEqual(refused('malformed'))
    await expect(conversations.create(alice, { kind: 'direct', with: UserId.parse(uuidv7()) })).rejects.toEqual(refused('not-found'))
  })
})

describe('groups', () => {
  test('whoever creates one owns it, and asking again makes no second', async () => {
    const { conversations, told, alice, bob } = await setup()
    const request = { kind: 'group' as const, id: newConversationId(), name: 'Trip', members: [bob, bob, alice] }
    const [row, again] = [await conversations.create(alice, request), await conversations.create(alice, request)]
    expect(row).toMatchObject({ conversation: request.id, kind: 'group', name: 'Trip', role: 'owner', members: 2 })
    expect(again).toEqual(row)
    expect(told).toEqual([{ conversation: request.id, added: [alice, bob], removed: [] }])
  })

  test('an id that somebody else used is refused', async () => {
    const { conversations, group, eve } = await withGroup()
    await expect(conversations.create(eve, { kind: 'group', id: group, name: 'Mine', members: [] })).rejects.toEqual(refused('id-conflict'))
  })

  test('only accounts that exist can be in one', async () => {
    const { conversations, told, group, alice, carol } = await withGroup()
    const stranger = UserId.parse(uuidv7())
    await expect(conversations.create(alice, { kind: 'group', id: newConversationId(), name: 'Ghosts', members: [stranger] })).rejects.toEqual(refused('not-found'))
    await expect(conversations.add(by(alice), group, [carol, stranger])).rejects.toEqual(refused('not-found'))
    expect(told).toEqual([])
    expect((await conversations.row(alice, group)).members).toBe(2)
  })

  test('who is added, removed or leaves is told, and only when something changed', async () => {
    const { conversations, told, group, alice, bob, carol } = await withGroup()
    expect(await conversations.add(by(alice), group, [bob, carol])).toEqual([carol])
    expect(await conversations.add(by(alice), group, [carol])).toEqual([])
    await conversations.remove(by(alice), group, carol)
    await conversations.remove(by(bob), group, bob)
    expect(told).toEqual([
      { conversation: group, added: [carol], removed: [] },
      { conversation: group, added: [], removed: [carol] },
      { conversation: group, added: [], removed: [bob] },
    ])
    await expect(conversations.row(bob, group)).rejects.toEqual(refused('not-member'))
    await expect(conversations.remove(by(alice), group, carol)).rejects.toEqual(refused('not-found'))
  })

  test('[S6] a member may write and leave; an admin adds, renames and removes members; the owner also gives roles', async () => {
    const { conversations, group, alice, bob, carol, eve } = await withGroup()
    await expect(conversations.add(by(bob), group, [carol])).rejects.toEqual(refused('forbidden'))
    await expect(conversations.describe(by(bob), group, { name: 'Mine' })).rejects.toEqual(refused('forbidden'))
    await expect(conversations.remove(by(bob), group, alice)).rejects.toEqual(refused('forbidden'))
    await expect(conversations.setRole(by(bob), group, bob, 'admin')).rejects.toEqual(refused('forbidden'))

    await conversations.setRole(by(alice), group, bob, 'admin')
    await conversations.add(by(bob), group, [carol, eve])
    expect(await conversations.describe(by(bob), group, { name: 'Journey' })).toMatchObject({ name: 'Journey', role: 'admin' })
    await conversations.remove(by(bob), group, carol)
    await expect(conversations.remove(by(bob), group, alice)).rejects.toEqual(refused('forbidden'))
    await expect(conversations.setRole(by(bob), group, eve, 'admin')).rejects.toEqual(refused('forbidden'))

    await conversations.setRole(by(alice), group, eve, 'admin')
    await expect(conversations.remove(by(bob), group, eve)).rejects.toEqual(refused('forbidden'))
  })

  test('[S6] an owner who gives the group away is an admin afterwards', async () => {
    const { conversations, group, alice, bob } = await withGroup()
    await conversations.setRole(by(alice), group, bob, 'owner')
    expect((await conversations.row(alice, group)).role).toBe('admin')
    await expect(conversations.setRole(by(alice), group, bob, 'member')).rejects.toEqual(refused('forbidden'))
  })

  test('[S6] the group outlives its owner', async () => {
    const { conversations, group, alice, bob } = await withGroup()
    await conversations.remove(by(alice), group, alice)
    expect((await conversations.row(bob, group)).role).toBe('owner')
  })

  test('[S6] an owner who gives the group to two people at once gives it to one', async () => {
    const { conversations, group, alice, bob, carol } = await withGroup()
    await conversations.add(by(alice), group, [carol])
    const outcomes = await Promise.allSettled([conversations.setRole(by(alice), group, bob, 'owner'), conversations.setRole(by(alice), group, carol, 'owner')])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect((await conversations.row(bob, group)).role).toBe('owner')
    expect((await conversations.row(carol, group)).role).toBe('member')
  })

  test('members come in pages', async () => {
    const { conversations, group, alice, bob } = await withGroup()
    const first = await conversations.members(alice, group, { after: null, limit: 1 })
    expect(first.members).toHaveLength(1)
    const second = await conversations.members(alice, group, { after: first.after ?? null, limit: 2 })
    expect(second).not.toHaveProperty('after')
    expect([...first.members, ...second.members].map(({ user }) => user).toSorted()).toEqual([alice, bob].toSorted())
    expect(second.people).toHaveLength(1)
  })
})

test('[S7] to a stranger a conversation that exists looks like one that does not', async () => {
  const { conversations, group, told, eve, bob } = await withGroup()
  for (const id of [group, newConversationId()]) {
    const outcomes = await Promise.allSettled([
      conversations.row(eve, id),
      conversations.members(eve, id, { after: null, limit: 10 }),
      conversations.describe(by(eve), id, { name: 'Mine' }),
      conversations.add(by(eve), id, [eve]),
      conversations.remove(by(eve), id, bob),
      conversations.remove(by(eve), id, eve),
      conversations.setRole(by(eve), id, eve, 'owner'),
    ])
    expect(outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : outcome.value))).toEqual(outcomes.map(() => refused('not-member')))
  }
  expect(told).toEqual([])
})
