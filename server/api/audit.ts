import { createRoute } from '@hono/zod-openapi'
import { ADMINISTRATION_PAGE } from '../../shared/limits.ts'
import { AuditPage, AuditQuery } from '../../shared/protocol/administration.ts'
import type { Api, ApiDeps } from './api.ts'
import { json, refusals, SIGNED_IN } from './describe.ts'

const audit = createRoute({
  method: 'get',
  path: '/admin/audit',
  summary: 'What administrators did, newest first, a page at a time',
  security: SIGNED_IN,
  request: { query: AuditQuery },
  responses: { 200: json(AuditPage, 'A page; `before` asks for the next and is absent on the last.'), ...refusals('signed-out', 'forbidden', 'malformed') },
})

export function auditRoute(api: Api, { database }: ApiDeps): void {
  api.openapi(audit, async (c) => {
    const { before, limit = ADMINISTRATION_PAGE } = c.req.valid('query')
    const records = await database.administration.audit(before ?? null, limit)
    const named = new Set(records.flatMap(({ by, on }) => [by, on]).filter((user) => user !== null))
    const last = records.at(-1)
    return c.json(
      { records, people: await database.accounts.byIds([...named]), ...(records.length === limit && last !== undefined ? { before: last.number } : {}) },
      200,
    )
  })
}
