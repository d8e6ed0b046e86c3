// The whole server on a real port, people who live in it, and what somebody who means harm needs to reach it.

import * as encoding from 'lib0/encoding'
import { v7 as uuidv7 } from 'uuid'
import type { ConversationId, DeviceId, SessionId, UserId } from '../../shared/ids.ts'
import { ConversationAnswer } from '../../shared/protocol/api.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { TestSocket, stockReplica } from '../../server/gateway/stage.ts'
import type { NewServerOptions } from '../../server/testing/newServer.ts'
import { newServer } from '../../server/testing/newServer.ts'
import type { Device } from '../../server/testing/signUp.ts'
import { signIn, signUp } from '../../server/testing/signUp.ts'

export type Attacker = { user: UserId; device: DeviceId; session: SessionId; token: string; request: Device['request'] }

export async function town<Name extends string>(names: readonly Name[], options: NewServerOptions = {}) {
  const server = await newServer({ passwords: QUICK_PASSWORDS, ...options })
  const url = `ws://127.0.0.1:${server.port}/sync`
  const people = {} as Record<Name, Attacker> // filled right here
  for (const name of names) people[name] = personOf(await signUp(server, name))

  return {
    server,
    url,
    people,
    /** A second device of the same person. */
    deviceOf: async (name: Name, device?: DeviceId) => personOf(await signIn(server, name, device)),
    group: async (owner: Attacker, ...members: Attacker[]): Promise<ConversationId> => {
      const answer = await owner.request('POST', '/api/conversations', { kind: 'group', id: uuidv7(), name: 'Lunch', members: members.map(({ user }) => user) })
      return ConversationAnswer.parse(await answer.json()).row.conversation
    },
    socket: (how?: ConstructorParameters<typeof TestSocket>[1]) => new TestSocket(url, how),
    connect: async ({ token }: Attacker) => {
      const socket = new TestSocket(url)
      socket.say({ type: 'hello', version: PROTOCOL_VERSION, token })
      await socket.next('welcome')
      return socket
    },
    replica: (person: { token: string }, name: string) => stockReplica(url, person.token, name),
    up: async () => (await (await fetch(`http://127.0.0.1:${server.port}/healthz`)).text()).includes('up'),
  }
}

/** argon2 takes its time on purpose, and none of these attacks is on passwords. */
const QUICK_PASSWORDS = { hash: async (password: string) => `kept: ${password}`, verify: async (hash: string | null, password: string) => hash === `kept: ${password}` }

function personOf({ account, session, cookie, request }: Device): Attacker {
  return { user: account.id, device: session.device, session: session.id, token: cookie.replace('parley_session=', ''), request }
}

/** A frame of the Hocuspocus protocol. */
export function frame(key: string, type: number, rest: (to: encoding.Encoder) => void = () => undefined): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarString(encoder, key)
  encoding.writeVarUint(encoder, type)
  rest(encoder)
  return encoding.toUint8Array(encoder)
}

export function authFrame(key: string, token: string): Uint8Array {
  return frame(key, 2, (to) => {
    encoding.writeVarUint(to, 0)
    encoding.writeVarString(to, token)
  })
}

/** `step` 0 asks with a state vector, 1 and 2 bring an update. */
export function syncFrame(key: string, step: 0 | 1 | 2, payload: Uint8Array): Uint8Array {
  return frame(key, 0, (to) => {
    encoding.writeVarUint(to, step)
    encoding.writeVarUint8Array(to, payload)
  })
}

/** What was committed before is with everyone it concerns: pushes to a log document are held back a few milliseconds. */
export async function settle(socket: TestSocket): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await socket.roundTrip()
}
