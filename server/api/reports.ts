import { createRoute } from '@hono/zod-openapi'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { REPORT_RATE_REPORTS, REPORT_RATE_SECONDS } from '../../shared/limits.ts'
import { NewReport, ReportFiled } from '../../shared/protocol/api.ts'
import { consume } from '../consume.ts'
import type { Api, ApiDeps } from './api.ts'
import { body, json, refusals, SIGNED_IN } from './describe.ts'

const report = createRoute({
  method: 'post',
  path: '/reports',
  summary: 'Report somebody to the administrators, and show them the messages named',
  security: SIGNED_IN,
  request: { body: body(NewReport) },
  responses: { 201: json(ReportFiled, 'It waits to be read.'), ...refusals('signed-out', 'rate-limited', 'malformed', 'not-found', 'not-member', 'id-conflict', 'forbidden', 'too-large', 'storage-full') },
})

export function reportRoute(api: Api, { people }: ApiDeps): void {
  const rate = new RateLimiterMemory({ points: REPORT_RATE_REPORTS, duration: REPORT_RATE_SECONDS })
  api.openapi(report, async (c) => {
    const { user } = c.var.session
    await consume(rate, user, 'too-many-reports')
    return c.json({ report: await people.report(user, c.req.valid('json')) }, 201)
  })
}
