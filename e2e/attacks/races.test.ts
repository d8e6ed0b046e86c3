// Two things at once, where one of them must win and nothing may fall between.

import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { textOf } from '../../shared/conversation/entry.ts'
import { logDocumentName } from '../../shared/conversation/segment.ts'
import { ConversationAnswer, ConversationDetails } from '../../shared/protocol/api.ts'
import { entry } from '../../server/gateway/stage.ts'
import { argon2Passwords } from '../../server/auth/passwords.ts'
import { anonymous, newDeviceId, PASSWORD } from '../../server/testing/signUp.ts'
import type { Attacker } from './town.ts'
import { settle, town } from './town.ts'
import { add, leave as leaveInDatabase } from '../../storage/contract/changes.ts'

describe('a removal', () => {
  it('[A5] [L8] while its victim writes as fast as it can: nothing of theirs is numbered after it, nothing reaches them after it', async () => {
    const { server, people, group, connect, replica } = await town(['alice', 'mallory'])
    const lunch = await group(people.alice, people.mallory)
    const [alice, mallory] = [await connect(people.alice), await connect(people.mallory)]
    const mallorys = replica(people.mallory, logDocumentName(lunch, 0))
    await Promise.all([mallorys.synced, mallory.open(lunch)])

    // By socket and by HTTP, in a loop, until each of them is told no.
    const writing = Promise.all([
      untilRefused(async () => (await mallory.append(lunch, entry('me'))).type === 'refused'),
      untilRefused(async () => (await people.mallory.request('POST', `/api/conversations/${lunch}/entries`, { entries: [entry('me')] })).status === 404),
    ])
    await alice.append(lunch, entry('before'))
    const removed = await people.alice.request('DELETE', `/api/conversations/${lunch}/members/${people.mallory.user}`)
    expect(removed.status).toBe(204)
    const head = await server.database.log.head(lunch)
    await alice.append(lunch, entry('a secret'))
    await writing
    await settle(mallory)

    const after = await server.database.log.read(lunch, (head + 1) as typeof head, (head + 1_000) as typeof head) // beyond the head
    expect(after.map((one) => [textOf(one), one.author])).toEqual([['a secret', people.alice.user]])
    expect(JSON.stringify(mallory.told)).not.toContain('a secret')
    expect(mallorys.texts()).not.toContain('a secret')
  })

  it('[L8] while the conversation is being opened: no paint of what came after it, and nothing relayed', async () => {
    const { server, people, group, connect } = await town(['alice', 'mallory'])
    const lunch = await group(people.alice, people.mallory)
    const [alice, mallory] = [await connect(people.alice), await connect(people.mallory)]
    await alice.open(lunch)
    // A database across a network: the answers to the opening are on their way when she is removed.
    const { conversations, log } = server.database
    const [fromConversations, fromLog] = [{ ...conversations }, { ...log }]
    const gate = Promise.withResolvers<void>()
    conversations.role = async (...asked) => {
      const answer = await fromConversations.role(...asked)
      if (asked[1] === people.mallory.user) await gate.promise
      return answer
    }
    const opening = mallory.open(lunch)
    await mallory.roundTrip()
    // Before it is known that she is a member, nothing of it is hers, nor can she be seen in it.
    mallory.say({ type: 'typing', conversation: lunch, on: true })
    alice.say({ type: 'typing', conversation: lunch, on: true })
    await Promise.all([alice.roundTrip(), mallory.roundTrip()])
    expect([...alice.told, ...mallory.told].filter(({ type }) => type === 'typing')).toEqual([])

    await leaveInDatabase(server.database, lunch, people.mallory.user)
    await server.sync.membershipChanged({ conversation: lunch, added: [], removed: [people.mallory.user] })
    await alice.append(lunch, entry('a secret'))
    Object.assign(conversations, fromConversations)
    gate.resolve()
    expect(await opening).toMatchObject({ type: 'refused' })
    expect(JSON.stringify(mallory.told)).not.toContain('a secret')

    // The same when only the entries are still to be read.
    await add(server.database, lunch, [people.mallory.user])
    const [reading, rest] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    log.read = async (...range) => {
      reading.resolve()
      await rest.promise
      return fromLog.read(...range)
    }
    const again = mallory.open(lunch)
    await reading.promise
    await leaveInDatabase(server.database, lunch, people.mallory.user)
    await server.sync.membershipChanged({ conversation: lunch, added: [], removed: [people.mallory.user] })
    Object.assign(log, fromLog)
    await alice.append(lunch, entry('another secret'))
    rest.resolve()
    expect(await again).toMatchObject({ type: 'refused' })
    expect(JSON.stringify(mallory.told)).not.toContain('another secret')
  })
})

describe('at the same time', () => {
  it('[S6] two admins who take each other\u2019s role, and an owner who hands on and leaves, end with one owner', async () => {
    const { people, group } = await town(['alice', 'bob', 'carol'])
    for (let round = 0; round < 10; round += 1) {
      const lunch = await group(people.alice, people.bob, people.carol)
      const role = (by: Attacker, of: Attacker, to: string) => by.request('PUT', `/api/conversations/${lunch}/members/${of.user}/role`, { role: to })
      const leave = (who: Attacker) => who.request('DELETE', `/api/conversations/${lunch}/members/${who.user}`)
      await role(people.alice, people.bob, 'admin')
      await Promise.all([role(people.alice, people.bob, 'owner'), role(people.bob, people.alice, 'member'), role(people.alice, people.carol, 'owner'), leave(people.alice), role(people.bob, people.carol, 'member')])
      const { members } = ConversationDetails.parse(await (await people.bob.request('GET', `/api/conversations/${lunch}`)).json())
      expect(members.filter((member) => member.role === 'owner')).toHaveLength(1)
      expect(members.some(({ user }) => user === people.alice.user)).toBe(false)
    }
  })

  it('[S5] fifty of both begin a direct conversation, and it is one', async () => {
    const { people } = await town(['alice', 'bob'])
    const started = await Promise.all(Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? start(people.alice, people.bob) : start(people.bob, people.alice))))
    expect(new Set(started).size).toBe(1)
  })

  it('fifty sign up under one name, and one has it', async () => {
    const { server } = await town([])
    const signUp = async (index: number) => {
      const answer = await anonymous(server)('POST', '/api/accounts', { handle: 'alice', name: `Alice ${index}`, password: PASSWORD, device: { id: newDeviceId(), label: 'x' } })
      return answer.status
    }
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => signUp(index)))
    expect(answers.toSorted((a, b) => a - b)).toEqual([201, ...Array.from({ length: 49 }, () => 409)])
  })

  it('a group made twice under one id is one, and nobody else\u2019s', async () => {
    const { people } = await town(['alice', 'mallory'])
    const id = uuidv7()
    const make = async (by: Attacker) => (await by.request('POST', '/api/conversations', { kind: 'group', id, name: 'Lunch', members: [] })).status
    const [first, ...others] = await Promise.all([make(people.alice), make(people.alice), make(people.mallory), make(people.alice), make(people.mallory)])
    expect([first, others.toSorted((a, b) => a - b)]).toEqual([200, [200, 200, 409, 409]])
  })

  it('[A2] [A4] one entry sent a hundred times by every entrance has one number', async () => {
    const { server, people, group, connect, replica, deviceOf } = await town(['alice'])
    const lunch = await group(people.alice)
    const phone = await deviceOf('alice')
    const [laptops, phones, stock] = [await connect(people.alice), await connect(phone), replica(phone, logDocumentName(lunch, 0))]
    await stock.synced
    const one = entry('once')
    const http = () => phone.request('POST', `/api/conversations/${lunch}/entries`, { entries: [one] })
    await Promise.all(Array.from({ length: 33 }, () => [laptops.append(lunch, one, one), phones.append(lunch, one), http()]).flat())
    stock.provider.sendStateless(JSON.stringify({ type: 'append', ref: 1, conversation: lunch, entries: [one] }))
    await settle(phones)
    expect(await server.database.log.head(lunch)).toBe(1)
  })
})

it('[S4] a sign-in with the old password that is under way when the password changes signs nobody in', async () => {
  const checking = Promise.withResolvers<void>()
  const changed = Promise.withResolvers<void>()
  let hold = false
  // argon2 takes its time: long enough for the password to change while it compares.
  const passwords = {
    hash: (password: string) => argon2Passwords.hash(password),
    verify: async (hash: string | null, password: string) => {
      const matches = await argon2Passwords.verify(hash, password)
      if (hold) {
        hold = false
        checking.resolve()
        await changed.promise
      }
      return matches
    },
  }
  const { server, people } = await town(['alice'], { passwords })
  hold = true
  const thief = anonymous(server)('POST', '/api/sessions', { handle: 'alice', password: PASSWORD, device: { id: newDeviceId(), label: 'thief' }, credentials: 'bearer' })
  await checking.promise
  expect((await people.alice.request('POST', '/api/account/password', { current: PASSWORD, next: 'a swim in the sea at nine' })).status).toBe(204)
  changed.resolve()
  expect((await thief).status).toBe(401)
  expect(await server.database.sessions.ofUser(people.alice.user)).toHaveLength(1)
})

async function start(by: Attacker, other: Attacker) {
  const answer = await by.request('POST', '/api/conversations', { kind: 'direct', with: other.user })
  return ConversationAnswer.parse(await answer.json()).row.conversation
}

async function untilRefused(write: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 10_000; tries += 1) if (await write()) return
  throw new Error('Nobody said no.')
}

