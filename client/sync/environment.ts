// What the engine needs from the world, handed in: a browser, Node, or a simulation in which time, chance and the
// network are scripted. Nothing in this folder reads a clock, a random number or a global by itself.

import type { ReplicaStore } from './replicaStore.ts'
import type { TabCoordinator } from './tabs.ts'

export type Environment = {
  /** Where the server is: `/api` and `/sync` are resolved against it. */
  server: URL
  store: ReplicaStore
  tabs: TabCoordinator
  fetch: (request: Request) => Promise<Response>
  WebSocket: SocketConstructor
  /** Milliseconds since 1970; may be wrong, as clocks of devices are. */
  clock: () => number
  /** In [0, 1). */
  random: () => number
  /** A UUIDv7 each time, growing within a process. */
  newId: () => string
  timers: Timers
  /** `cookie`: the browser keeps the session. `bearer`: the engine keeps the token in the store and sends it itself. */
  credentials: 'cookie' | 'bearer'
  /** How this device is called in the list of sessions. */
  deviceLabel: string
  /** Asks that the store be not evicted; called once, when something first waits in the outbox. */
  persist?: () => Promise<boolean>
  /** Tells when the device gains (true) or loses (false) its network. */
  onNetworkChange?: (listener: (online: boolean) => void) => () => void
  /** Calls back when the page is hidden or left: a phone may never come back to it. */
  onHide?: (listener: () => void) => () => void
  /** Tells of each sign of somebody at this tab, and when it cannot be seen any more. Absent: somebody always is. */
  onAttention?: (listener: (what: 'input' | 'hidden') => void) => () => void
  /** An error that no caller waits for: a bug, or a store that cannot be written. Never swallowed: shown or thrown. */
  report: (error: unknown) => void
}

export type Timers = {
  /** Returns the cancel. */
  after(milliseconds: number, callback: () => void): () => void
}

export const realTimers: Timers = {
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** The part of a browser's WebSocket that is used. */
export type SocketConstructor = new (url: string) => SocketLike

export type SocketLike = {
  binaryType: string
  /** 1 while it is open. */
  readonly readyState: number
  send(data: string | Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
  addEventListener(type: 'open' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: (event: { code: number; reason: string }) => void): void
}
