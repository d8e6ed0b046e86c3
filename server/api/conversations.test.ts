import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { textOf } from '../../shared/conversation/entry.ts'
import { ConversationId } from '../../shared/ids.ts'
import { AddedMembers, AppendAnswer, ConversationAnswer, ConversationDetails, EntriesPage, InboxPage, MembersPage } from '../../shared/protocol/api.ts'
import { FirstPaint } from '../../shared/protocol/messages.ts'
import type { NewServerOptions } from '../testing/newServer.ts'
import { newServer } from '../testing/newServer.ts'
import type { Device } from '../testing/signUp.ts'
import { signUp } from '../testing/signUp.ts'
import { leave } from '../../storage/contract/changes.ts'

async function setup(options: NewServerOptions = {}) {
  const server = await newServer(options)
  const [alice, bob, eve] = [await signUp(server, 'alice'), await signUp(server, 'bob'), await signUp(server, 'eve')]
  const created = await alice.request('POST', '/api/conversations', { kind: 'group', id: ConversationId.parse(uuidv7()), name: 'Trip', members: [bob.account.id] })
  const { row } = ConversationAnswer.parse(await created.json())
  return { server, alice, bob, eve, group: `/api/conversations/${row.conversation}`, row }
}

function entry(text: string, id = uuidv7()) {
  return { id, at: Date.now(), kind: 'message', body: { text } }
}

async function read<Schema extends z.ZodType>(device: Device, path: string, schema: Schema): Promise<z.output<Schema>> {
  const answer = await device.request('GET', path)
  expect(answer.status).toBe(200)
  return schema.parse(await answer.json())
}

const code = async (answer: Response) => [answer.status, (await answer.json()).refusal?.code]

describe('conversations', () => {
  test('a group is created once, read, renamed, joined, left', async () => {
    const { alice, bob, eve, group, row } = await setup()
    expect(row).toMatchObject({ kind: 'group', name: 'Trip', role: 'owner', members: 2 })
    expect(await read(bob, group, ConversationDetails)).toMatchObject({ row: { role: 'member' }, members: expect.arrayContaining([{ user: alice.account.id, role: 'owner' }]) })

    const added = await alice.request('POST', `${group}/members`, { users: [eve.account.id, bob.account.id] })
    expect(AddedMembers.parse(await added.json())).toEqual({ added: [eve.account.id] })
    expect((await alice.request('PUT', `${group}/members/${bob.account.id}/role`, { role: 'admin' })).status).toBe(204)
    const renamed = await bob.request('PATCH', group, { name: 'Journey' })
    expect(ConversationAnswer.parse(await renamed.json())).toMatchObject({ row: { name: 'Journey', role: 'admin' } })
    expect((await eve.request('DELETE', `${group}/members/${eve.account.id}`)).status).toBe(204)
    expect(await code(await eve.request('GET', group))).toEqual([404, 'not-member'])

    const { members, people } = await read(alice, `${group}/members?limit=1`, MembersPage)
    expect([members.length, people.length]).toEqual([1, 1])
  })

  test('[S6] roles are enforced', async () => {
    const { alice, bob, group } = await setup()
    expect(await code(await bob.request('PATCH', group, { name: 'Mine' }))).toEqual([403, 'forbidden'])
    expect(await code(await bob.request('DELETE', `${group}/members/${alice.account.id}`))).toEqual([403, 'forbidden'])
    expect(await code(await bob.request('PUT', `${group}/members/${bob.account.id}/role`, { role: 'owner' }))).toEqual([403, 'forbidden'])
  })

  test('[S5] a direct conversation is the same one for both', async () => {
    const { alice, bob } = await setup()
    const [hers, his] = await Promise.all([
      alice.request('POST', '/api/conversations', { kind: 'direct', with: bob.account.id }),
      bob.request('POST', '/api/conversations', { kind: 'direct', with: alice.account.id }),
    ])
    const [one, other] = [ConversationAnswer.parse(await hers.json()), ConversationAnswer.parse(await his.json())]
    expect(one.row.conversation).toBe(other.row.conversation)
  })

  test('[S7] to eve, what alice and bob have looks like nothing, whatever she asks', async () => {
    const { eve, alice, group } = await setup()
    const nowhere = `/api/conversations/${uuidv7()}`
    const asks = (base: string) =>
      [
        ['GET', base],
        ['PATCH', base, { name: 'Mine' }],
        ['GET', `${base}/members`],
        ['POST', `${base}/members`, { users: [eve.account.id] }],
        ['DELETE', `${base}/members/${alice.account.id}`],
        ['PUT', `${base}/members/${eve.account.id}/role`, { role: 'owner' }],
        ['GET', `${base}/entries`],
        ['POST', `${base}/entries`, { entries: [entry('hello')] }],
        ['GET', `${base}/paint`],
        ['GET', `${base}/segments/0`],
      ] as const
    for (const [index, [method, path, body]] of asks(group).entries()) {
      const [, elsewhere = ''] = asks(nowhere)[index] ?? []
      const real = await eve.request(method, path, body)
      const none = await eve.request(method, elsewhere, body)
      expect([method, path, real.status]).toEqual([method, path, 404])
      expect(await real.json()).toEqual(await none.json())
    }
    expect((await alice.request('GET', group)).status).toBe(200)
  })
})

describe('entries', () => {
  test('[A2] are appended once, whoever repeats them, and read back a page at a time', async () => {
    const { alice, bob, group } = await setup()
    const entries = [entry('one'), entry('two'), entry('three')]
    const append = async () => AppendAnswer.parse(await (await alice.request('POST', `${group}/entries`, { entries })).json()).results
    expect(await append()).toEqual(entries.map(({ id }, index) => ({ id, seq: index + 1 })))
    expect(await append()).toEqual(entries.map(({ id }, index) => ({ id, seq: index + 1 })))

    const last = await read(bob, `${group}/entries?limit=2`, EntriesPage)
    expect(last.entries.map((one) => [one.seq, textOf(one), one.author, one.device])).toEqual([
      [2, 'two', alice.account.id, alice.session.device],
      [3, 'three', alice.account.id, alice.session.device],
    ])
    const before = await read(bob, `${group}/entries?before=2&limit=2`, EntriesPage)
    expect(before).toMatchObject({ head: 3, entries: [{ seq: 1 }] })
    expect(await read(bob, `${group}/entries?before=1`, EntriesPage)).toEqual({ head: 3, entries: [] })
    expect((await read(bob, `${group}/entries?before=999999`, EntriesPage)).entries).toHaveLength(3)
  })

  test('[A8] each is refused by itself', async () => {
    const { alice, group } = await setup()
    const [bad, good] = [{ ...entry('x'), author: uuidv7() }, entry('fine')]
    const answer = await alice.request('POST', `${group}/entries`, { entries: [bad, good] })
    expect(AppendAnswer.parse(await answer.json()).results).toEqual([{ id: bad.id, refusal: expect.objectContaining({ code: 'malformed' }) }, { id: good.id, seq: 1 }])
  })

  test('[L5] the first paint holds the end of the conversation', async () => {
    const { alice, bob, group } = await setup()
    await alice.request('POST', `${group}/entries`, { entries: [entry('hello')] })
    expect(await read(bob, `${group}/paint`, FirstPaint)).toMatchObject({ conversation: { head: 1 }, tail: [{ body: { text: 'hello' } }], people: [{ handle: 'alice' }] })
  })

  test.each(['0', '-1', '1.5', 'x', '', '9007199254740993000'])('before=%s is refused', async (before) => {
    const { alice, group } = await setup()
    expect(await code(await alice.request('GET', `${group}/entries?before=${before}`))).toEqual([400, 'malformed'])
  })
})

describe('the inbox', () => {
  test('comes newest first, in pages, with the people in it', async () => {
    const { alice, bob, row } = await setup()
    await alice.request('POST', '/api/conversations', { kind: 'direct', with: bob.account.id })
    const first = await read(alice, '/api/inbox?limit=1', InboxPage)
    expect(first).toMatchObject({ rows: [{ kind: 'direct', peer: bob.account.id }], people: [{ handle: 'bob' }], cursor: expect.any(String) })
    const second = await read(alice, `/api/inbox?limit=5&cursor=${first.cursor}`, InboxPage)
    expect(second.rows.map(({ conversation }) => conversation)).toEqual([row.conversation])
    expect(second).not.toHaveProperty('cursor')
    expect((await read(alice, `/api/inbox?since=${first.rows[0]?.touched}`, InboxPage)).rows).toEqual([])
  })

  test('says what one was taken out of meanwhile in pages as well, none twice and none left out', async () => {
    const { server, alice, bob } = await setup()
    const groups = Array.from({ length: 5 }, () => ConversationId.parse(uuidv7()))
    for (const id of groups) await server.database.conversations.createGroup({ id, name: 'Trip', owner: alice.account.id, members: [bob.account.id], now: Date.now() })
    const since = (await read(bob, '/api/inbox', InboxPage)).rows[0]?.touched
    for (const id of groups) await leave(server.database, id, bob.account.id)
    const pages = async (query: string) => {
      const departed: string[] = []
      const rows: string[] = []
      let cursor: string | undefined
      do {
        const page: InboxPage = await read(bob, `/api/inbox?${query}${cursor === undefined ? '' : `&cursor=${cursor}`}`, InboxPage)
        expect(page.departed.length).toBeLessThanOrEqual(2)
        departed.push(...page.departed.map(({ conversation }) => conversation))
        rows.push(...page.rows.map(({ conversation }) => conversation))
        cursor = page.cursor
      } while (cursor !== undefined)
      return { departed, rows: rows.length }
    }
    expect(await pages(`since=${since}&limit=2`)).toEqual({ departed: groups, rows: 0 })
    expect(await pages('since=0&limit=2')).toEqual({ departed: groups, rows: 1 })
    expect(await pages('limit=2')).toEqual({ departed: [], rows: 1 })
  })

  test.each(['x', '1', '1.x', `-1.${uuidv7()}`, `1e400.${uuidv7()}`, '%00'])('the cursor %s is refused', async (cursor) => {
    const server = await newServer()
    const alice = await signUp(server, 'alice')
    expect(await code(await alice.request('GET', `/api/inbox?cursor=${cursor}`))).toEqual([400, 'malformed'])
  })
})
