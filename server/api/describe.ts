// Words of the OpenAPI document that every route uses.

import { z } from '@hono/zod-openapi'
import { ConversationId, UserId } from '../../shared/ids.ts'
import { ErrorAnswer } from '../../shared/protocol/api.ts'
import type { RefusalCode } from '../../shared/protocol/refusal.ts'
import { STATUS } from './errors.ts'

export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

export function body<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } }
}

export const NOTHING = { description: 'Done.' }

/** The refusals of a route, by status. Handlers throw them, so they are no part of what a handler's type may answer. */
export function refusals(...codes: RefusalCode[]): object {
  const byStatus = Object.groupBy(codes, (code) => STATUS[code])
  const responses = Object.entries(byStatus).map(([status, same]) => [status, json(NamedErrorAnswer, `Refused: ${same.join(', ')}.`)])
  return Object.fromEntries(responses)
}

/** Spelled out once in the document. A clone, because only schemas made after the generator was loaded can be named. */
const NamedErrorAnswer = ErrorAnswer.clone().openapi('ErrorAnswer')

/** For every route that needs a session. */
export const SIGNED_IN = [{ cookie: [] }, { bearer: [] }]

export const ConversationParam = z.object({ id: ConversationId })
export const MemberParam = z.object({ id: ConversationId, user: UserId })
