import { createRoute, z } from '@hono/zod-openapi'
import type { UserId } from '../../shared/ids.ts'
import { ReportId } from '../../shared/ids.ts'
import { ADMINISTRATION_PAGE } from '../../shared/limits.ts'
import type { ReportSummary } from '../../shared/protocol/administration.ts'
import { ReportAnswer, ReportsPage, ReportsQuery, ResolveReport } from '../../shared/protocol/administration.ts'
import type { Api, ApiDeps } from './api.ts'
import { body, json, NOTHING, refusals, SIGNED_IN } from './describe.ts'

const ReportParam = z.object({ id: ReportId })

const list = createRoute({
  method: 'get',
  path: '/admin/reports',
  summary: 'What people reported, newest first, a page at a time, without the messages; with `state` those that are open or resolved',
  security: SIGNED_IN,
  request: { query: ReportsQuery },
  responses: { 200: json(ReportsPage, 'A page; `after` asks for the next and is absent on the last.'), ...refusals('signed-out', 'forbidden', 'malformed') },
})

const read = createRoute({
  method: 'get',
  path: '/admin/reports/{id}',
  summary: 'A report with the messages it shows; that it was read is in the audit log',
  security: SIGNED_IN,
  request: { params: ReportParam },
  responses: { 200: json(ReportAnswer, 'The report, and those who are named in it.'), ...refusals('signed-out', 'forbidden', 'malformed', 'not-found', 'storage-full') },
})

const resolve = createRoute({
  method: 'post',
  path: '/admin/reports/{id}/resolved',
  summary: 'Mark a report as dealt with; copies of messages that were erased meanwhile go',
  security: SIGNED_IN,
  request: { params: ReportParam, body: body(ResolveReport) },
  responses: { 204: NOTHING, ...refusals('signed-out', 'forbidden', 'malformed', 'not-found', 'storage-full') },
})

export function manageReportRoutes(api: Api, { administration, database }: ApiDeps): void {
  api.openapi(list, async (c) => {
    const { state, after, limit = ADMINISTRATION_PAGE } = c.req.valid('query')
    const reports = await database.reports.list({ state: state ?? null, after: after ?? null, limit })
    const named = new Set(reports.flatMap(namedIn))
    const last = reports.at(-1)
    return c.json(
      { reports, people: await database.accounts.byIds([...named]), ...(reports.length === limit && last !== undefined ? { after: last.id } : {}) },
      200,
    )
  })

  api.openapi(read, async (c) => {
    const report = await administration.readReport(c.var.session.user, c.req.valid('param').id)
    return c.json({ report, people: await database.accounts.byIds([...new Set(namedIn(report))]) }, 200)
  })

  api.openapi(resolve, async (c) => {
    await administration.resolveReport(c.var.session.user, c.req.valid('param').id, c.req.valid('json').words)
    return c.body(null, 204)
  })
}

function namedIn({ by, about, resolvedBy }: ReportSummary): UserId[] {
  return [by, about, ...(resolvedBy === null ? [] : [resolvedBy])]
}
