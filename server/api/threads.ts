import { createRoute, z } from '@hono/zod-openapi'
import { ThreadStanding } from '../../shared/conversation/thread.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { ConversationId as ConversationIdSchema, Seq } from '../../shared/ids.ts'
import { THREADS_PAGE } from '../../shared/limits.ts'
import { FollowThread, ThreadsPage, ThreadsQuery } from '../../shared/protocol/api.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'
import type { FollowedThread } from '../../storage/threads.ts'
import { notMember } from '../conversations/conversations.ts'
import type { Api, ApiDeps } from './api.ts'
import { body, ConversationParam, json, NOTHING, refusals, SIGNED_IN } from './describe.ts'
import { ChangeHeaders, madeOnce } from './madeOnce.ts'

const ThreadParam = z.object({ id: ConversationIdSchema, root: z.string().regex(/^[1-9]\d{0,14}$/).transform((root) => Seq.parse(Number(root))).openapi({ type: 'integer' }) })

const list = createRoute({
  method: 'get',
  path: '/conversations/{id}/threads',
  summary: 'The threads that I follow, the last replied to first, a page at a time',
  security: SIGNED_IN,
  request: { params: ConversationParam, query: ThreadsQuery },
  responses: { 200: json(ThreadsPage, 'A page; `before` asks for the next and is absent on the last.'), ...refusals('signed-out', 'malformed', 'not-member') },
})

const standing = createRoute({
  method: 'get',
  path: '/conversations/{id}/threads/{root}',
  summary: 'Whether I follow the thread of a message, and how far I have read it',
  security: SIGNED_IN,
  request: { params: ThreadParam },
  responses: { 200: json(ThreadStanding, 'How I stand to it.'), ...refusals('signed-out', 'malformed', 'not-member') },
})

const follow = createRoute({
  method: 'put',
  path: '/conversations/{id}/threads/{root}/following',
  summary: 'Follow the thread of a message, or leave it',
  security: SIGNED_IN,
  request: { params: ThreadParam, body: body(FollowThread), headers: ChangeHeaders },
  responses: { 204: NOTHING, ...refusals('signed-out', 'rate-limited', 'malformed', 'not-member', 'not-found', 'too-large', 'storage-full') },
})

export function threadRoutes(api: Api, { database, sync }: ApiDeps): void {
  api.openapi(list, async (c) => {
    const { id } = c.req.valid('param')
    const { user } = c.var.session
    await mustBeIn(database, id, user)
    const { before = null, limit = THREADS_PAGE } = c.req.valid('query')
    const followed = await database.threads.followed(user, id, { before, limit })
    const threads = await Promise.all(followed.map((thread) => described(database, id, thread)))
    const people = await database.accounts.byIds([...new Set(threads.flatMap(({ root, last }) => [root.author, last.author]))])
    const next = followed.length === limit ? followed.at(-1)?.last : undefined
    return c.json({ threads, people, ...(next === undefined ? {} : { before: next }) }, 200)
  })

  api.openapi(standing, async (c) => {
    const { id, root } = c.req.valid('param')
    await mustBeIn(database, id, c.var.session.user)
    return c.json(await database.threads.standing(c.var.session.user, id, root), 200)
  })

  api.openapi(follow, async (c) => {
    const { id, root } = c.req.valid('param')
    const { user } = c.var.session
    await mustBeIn(database, id, user)
    if (!(await sync.followThread(user, id, root, c.req.valid('json'), madeOnce(c.var.session, c.req.valid('header'))))) throw refusedBecause('no-such-message')
    return c.body(null, 204)
  })
}

async function mustBeIn({ conversations }: Pick<ApiDeps['database'], 'conversations'>, id: ConversationId, user: UserId): Promise<void> {
  if ((await conversations.role(id, user)) === null) throw notMember()
}

async function described({ log }: Pick<ApiDeps['database'], 'log'>, id: ConversationId, { root, last, replies, unread }: FollowedThread) {
  const [message, reply] = await log.asItReads(id, [root, last])
  if (message === undefined || reply === undefined) throw new Error('A thread without its message, or without its last reply.')
  return { root: message, last: reply, replies, unread }
}
