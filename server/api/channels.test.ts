import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { CHANNEL_PREVIEW_ENTRIES } from '../../shared/limits.ts'
import { textOf } from '../../shared/conversation/entry.ts'
import { ChannelPreview, ChannelsPage, ConversationAnswer } from '../../shared/protocol/api.ts'
import { newServer } from '../testing/newServer.ts'
import { signUp } from '../testing/signUp.ts'

async function setup() {
  const server = await newServer()
  const [alice, bob, eve] = [await signUp(server, 'alice'), await signUp(server, 'bob'), await signUp(server, 'eve')]
  const make = async (kind: 'group' | 'channel', name: string) => {
    const answer = await alice.request('POST', '/api/conversations', { kind, id: uuidv7(), name, members: [bob.account.id] })
    return ConversationAnswer.parse(await answer.json()).row.conversation
  }
  const say = async (conversation: string, texts: readonly string[]) => {
    const entries = texts.map((text) => ({ id: uuidv7(), at: Date.now(), kind: 'message', body: { text } }))
    expect((await alice.request('POST', `/api/conversations/${conversation}/entries`, { entries })).status).toBe(200)
  }
  return { alice, bob, eve, say, channel: await make('channel', 'General'), group: await make('group', 'Trip') }
}

const code = async (answer: Response) => [answer.status, (await answer.json()).refusal?.code]

test('[C1] channels are listed and searched, a page at a time; groups are not', async () => {
  const { alice, eve, channel } = await setup()
  const second = ConversationAnswer.parse(await (await alice.request('POST', '/api/conversations', { kind: 'channel', id: uuidv7(), name: 'Random', members: [] })).json()).row.conversation
  const list = async (query: string) => ChannelsPage.parse(await (await eve.request('GET', `/api/channels?${query}`)).json())
  const first = await list('limit=1')
  expect(first.channels.map(({ id }) => id)).toEqual([second])
  const rest = await list(`limit=1&cursor=${first.cursor ?? ''}`)
  expect(rest.channels).toMatchObject([{ id: channel, name: 'General', members: 2, joined: false }])
  expect((await list('q=gen')).channels.map(({ id }) => id)).toEqual([channel])
  expect((await list('q=trip')).channels).toEqual([])
  expect(await code(await eve.request('GET', '/api/channels?cursor=nonsense'))).toEqual([400, 'malformed'])
})

test('[C2] a preview is the end of the log, and the only way in for those who are no members', async () => {
  const { eve, say, channel } = await setup()
  const texts = Array.from({ length: CHANNEL_PREVIEW_ENTRIES + 5 }, (_, index) => `message ${index + 1}`)
  for (let start = 0; start < texts.length; start += 100) await say(channel, texts.slice(start, start + 100))
  const preview = ChannelPreview.parse(await (await eve.request('GET', `/api/channels/${channel}/preview`)).json())
  expect(preview.entries.map(textOf)).toEqual(texts.slice(5))
  expect(preview.people.map(({ handle }) => handle)).toEqual(['alice'])
  expect(preview.channel).toMatchObject({ id: channel, joined: false })
  for (const rest of ['', '/entries', '/paint', '/members', '/pins', '/segments/0']) {
    expect(await code(await eve.request('GET', `/api/conversations/${channel}${rest}`))).toEqual([404, 'not-member'])
  }
  const entries = [{ id: uuidv7(), at: Date.now(), kind: 'message', body: { text: 'from outside' } }]
  expect(await code(await eve.request('POST', `/api/conversations/${channel}/entries`, { entries }))).toEqual([404, 'not-member'])
})

test('[C2] [S7] a group cannot be looked into or joined, and looks like one that does not exist', async () => {
  const { eve, group } = await setup()
  const answers = async (id: string) => [
    await (await eve.request('GET', `/api/channels/${id}/preview`)).json(),
    await (await eve.request('POST', `/api/channels/${id}/join`)).json(),
  ]
  expect(await answers(group)).toEqual(await answers(uuidv7()))
  expect(await code(await eve.request('POST', `/api/channels/${group}/join`))).toEqual([404, 'not-member'])
})

test('[C3] anybody joins, once, sees everything from then on, brings others, and leaves', async () => {
  const { alice, eve, say, channel } = await setup()
  await say(channel, ['before'])
  const row = async () => ConversationAnswer.parse(await (await eve.request('POST', `/api/channels/${channel}/join`)).json()).row
  expect(await row()).toMatchObject({ kind: 'channel', role: 'member', members: 3, head: 2, read: 2 })
  expect(await row()).toMatchObject({ members: 3, head: 2 })
  const paint = await (await alice.request('GET', `/api/conversations/${channel}/paint`)).json()
  expect(paint.tail.at(-1)).toMatchObject({ kind: 'event', author: eve.account.id, body: { type: 'joined' } })
  expect(await code(await eve.request('PATCH', `/api/conversations/${channel}`, { name: 'Mine' }))).toEqual([403, 'forbidden'])
  expect((await eve.request('DELETE', `/api/conversations/${channel}/members/${eve.account.id}`)).status).toBe(204)
  expect(await code(await eve.request('GET', `/api/conversations/${channel}/entries`))).toEqual([404, 'not-member'])
})

test('[C3] a member of a channel brings others in', async () => {
  const { bob, eve, channel } = await setup()
  expect((await bob.request('POST', `/api/conversations/${channel}/members`, { users: [eve.account.id] })).status).toBe(200)
  expect((await eve.request('GET', `/api/conversations/${channel}`)).status).toBe(200)
})
