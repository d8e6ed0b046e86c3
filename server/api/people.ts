import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { UserId } from '../../shared/ids.ts'
import { People, PeopleQuery } from '../../shared/protocol/api.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import type { Api, ApiDeps } from './api.ts'
import { json, refusals, SIGNED_IN } from './describe.ts'

/** What fits under a search field. */
const FOUND_MAX = 20
const IDS_MAX = 100

const people = createRoute({
  method: 'get',
  path: '/people',
  summary: 'Find people by the start of a handle or of a word of their name, or look them up by id',
  security: SIGNED_IN,
  request: { query: PeopleQuery },
  responses: { 200: json(People, 'Those found; unknown ids are left out.'), ...refusals('signed-out', 'malformed') },
})

export function peopleRoute(api: Api, { database }: ApiDeps): void {
  api.openapi(people, async (c) => {
    const { q, ids } = c.req.valid('query')
    if (ids !== undefined) return c.json({ people: await database.accounts.byIds(parseIds(ids)) }, 200)
    const start = q?.trim() ?? ''
    return c.json({ people: start === '' ? [] : await database.accounts.search(start, FOUND_MAX) }, 200)
  })
}

function parseIds(list: string): UserId[] {
  const ids = z.array(UserId).max(IDS_MAX).safeParse(list.split(','))
  if (!ids.success) throw new RefusedError('malformed', `ids: up to ${IDS_MAX} user ids, separated by commas`)
  return ids.data
}
