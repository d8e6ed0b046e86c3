// Alice and Bob as their devices see the API.

import { v7 as uuidv7 } from 'uuid'
import { DeviceId } from '../../shared/ids.ts'
import { SignedIn } from '../../shared/protocol/api.ts'
import type { TestServer } from './newServer.ts'

export const PASSWORD = 'a walk in the rain at four'

export type Device = SignedIn & { request: Request; cookie: string }

/** Sends what a browser on our own page would send; headers given here win. */
type Request = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>

export async function signUp(server: TestServer, handle: string): Promise<Device> {
  return enter(server, '/api/accounts', { handle, name: handle, password: PASSWORD, device: { id: newDeviceId(), label: `${handle}’s laptop` } })
}

export async function signIn(server: TestServer, handle: string, device = newDeviceId()): Promise<Device> {
  return enter(server, '/api/sessions', { handle, password: PASSWORD, device: { id: device, label: `${handle}’s phone` } })
}

export function newDeviceId(): DeviceId {
  return DeviceId.parse(uuidv7())
}

/** Nobody: no cookie, but our own page. */
export function anonymous(server: TestServer): Request {
  return requestFrom(server, {})
}

async function enter(server: TestServer, path: string, body: unknown): Promise<Device> {
  const answer = await anonymous(server)('POST', path, body)
  const signedIn = SignedIn.parse(await answer.json())
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';')
  return { ...signedIn, cookie, request: requestFrom(server, { cookie }) }
}

function requestFrom(server: TestServer, always: Record<string, string>): Request {
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      method,
      redirect: 'manual',
      headers: { origin: server.origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...always, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    // Read to the end, whether the test cares or not: else its connection stays busy and draining waits for it.
    const bytes = await answer.arrayBuffer()
    return new Response(bytes.byteLength === 0 ? null : bytes, answer)
  }
}
