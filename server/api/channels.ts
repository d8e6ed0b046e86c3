// Channels for those who are not in them: found, looked into, joined. Only here does a log go to somebody who is no member,
// its end alone and over HTTP; documents open to members, as ever.

import { createRoute } from '@hono/zod-openapi'
import type { Entry } from '../../shared/conversation/entry.ts'
import { usersNamedBy } from '../../shared/conversation/event.ts'
import type { UserId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import { CHANNEL_PREVIEW_ENTRIES, CHANNELS_PAGE } from '../../shared/limits.ts'
import { ChannelPreview, ChannelsPage, ChannelsQuery, ConversationAnswer } from '../../shared/protocol/api.ts'
import { notMember } from '../conversations/conversations.ts'
import type { Api, ApiDeps } from './api.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { ConversationParam, json, refusals, SIGNED_IN } from './describe.ts'

const list = createRoute({
  method: 'get',
  path: '/channels',
  summary: 'The channels of this server, or those of which a word of the name starts so; where something happened last comes first',
  security: SIGNED_IN,
  request: { query: ChannelsQuery },
  responses: { 200: json(ChannelsPage, 'A page; `cursor` asks for the next and is absent on the last.'), ...refusals('signed-out', 'malformed') },
})

const preview = createRoute({
  method: 'get',
  path: '/channels/{id}/preview',
  summary: 'The end of a channel, without being in it',
  security: SIGNED_IN,
  request: { params: ConversationParam },
  responses: { 200: json(ChannelPreview, 'The last entries.'), ...refusals('signed-out', 'malformed', 'not-member', 'forbidden') },
})

const join = createRoute({
  method: 'post',
  path: '/channels/{id}/join',
  summary: 'Become a member of a channel',
  security: SIGNED_IN,
  request: { params: ConversationParam },
  responses: { 200: json(ConversationAnswer, 'The channel, as its member.'), ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'forbidden', 'too-large', 'storage-full') },
})

export function channelRoutes(api: Api, { conversations, database }: ApiDeps): void {
  api.openapi(list, async (c) => {
    const { q = '', cursor, limit = CHANNELS_PAGE } = c.req.valid('query')
    const before = cursor === undefined ? null : decodeCursor(cursor)
    const channels = await database.conversations.channels(c.var.session.user, { start: q, before, limit })
    const last = channels.length === limit ? channels.at(-1) : undefined
    return c.json({ channels, ...(last === undefined ? {} : { cursor: encodeCursor({ touched: last.touched, conversation: last.id }) }) }, 200)
  })

  api.openapi(preview, async (c) => {
    const { id } = c.req.valid('param')
    const channel = await database.conversations.channel(c.var.session.user, id)
    if (channel === null) throw notMember()
    if (!channel.joined) await conversations.refuseBanned(c.var.session.user, id)
    const head = await database.log.head(id)
    const entries = head === 0 ? [] : await database.log.read(id, Seq.parse(Math.max(1, head - CHANNEL_PREVIEW_ENTRIES + 1)), head)
    return c.json({ channel, entries, people: await database.accounts.byIds([...new Set(entries.flatMap(usersOf))]) }, 200)
  })

  api.openapi(join, async (c) => c.json({ row: await conversations.join(c.var.session, c.req.valid('param').id) }, 200))
}

function usersOf(entry: Entry): readonly UserId[] {
  return [entry.author, ...(entry.kind === 'event' ? usersNamedBy(entry.body) : [])]
}
