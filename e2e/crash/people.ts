// Accounts and conversations for the load, made once over the HTTP API; their sessions outlive every crash.

import { v7 as uuid } from 'uuid'
import { ConversationId } from '../../shared/ids.ts'
import type { UserId } from '../../shared/ids.ts'
import { ConversationAnswer, SignedIn } from '../../shared/protocol/api.ts'

export type Person = { handle: string; user: UserId; token: string }

export async function signUp(origin: string, handle: string): Promise<Person> {
  const answer = await post(origin, '/api/accounts', null, {
    handle,
    name: handle,
    password: `the cat of ${handle} sleeps`,
    device: { id: uuid(), label: 'load' },
    credentials: 'bearer',
  })
  const { account, token } = SignedIn.parse(answer)
  if (token === undefined) throw new Error('asked for a bearer token, got none')
  return { handle, user: account.id, token }
}

export async function createGroup(origin: string, owner: Person, members: readonly Person[], name: string): Promise<ConversationId> {
  const id = ConversationId.parse(uuid())
  const answer = await post(origin, '/api/conversations', owner.token, { kind: 'group', id, name, members: members.map(({ user }) => user) })
  return ConversationAnswer.parse(answer).row.conversation
}

async function post(origin: string, path: string, token: string | null, body: unknown): Promise<unknown> {
  const answer = await fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`POST ${path} was answered with ${answer.status}: ${await answer.text()}`)
  return await answer.json()
}
