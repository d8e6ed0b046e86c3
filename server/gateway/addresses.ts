// How many connections each address holds. An office, a school or a mobile network brings many people from one address, so
// the limits are far above what people need: they keep one machine from taking all a process has.

import { SOCKETS_PER_ADDRESS, SOCKETS_PER_ADDRESS_UNAUTHENTICATED } from '../../shared/limits.ts'

export class Addresses<Connection> {
  readonly #open = new Map<string, Set<Connection>>()
  readonly #anonymous = new Map<string, Set<Connection>>()

  /** False: this address has as many as it may, and this one is not counted. */
  admit(address: string, connection: Connection, signedIn: boolean): boolean {
    if (count(this.#open, address) >= SOCKETS_PER_ADDRESS) return false
    if (!signedIn && count(this.#anonymous, address) >= SOCKETS_PER_ADDRESS_UNAUTHENTICATED) return false
    add(this.#open, address, connection)
    if (!signedIn) add(this.#anonymous, address, connection)
    return true
  }

  signedIn(address: string, connection: Connection): void {
    remove(this.#anonymous, address, connection)
  }

  /** Also of one that was not admitted. */
  release(address: string, connection: Connection): void {
    remove(this.#open, address, connection)
    remove(this.#anonymous, address, connection)
  }
}

type Index<Connection> = Map<string, Set<Connection>>

function count(index: Index<unknown>, address: string): number {
  return index.get(address)?.size ?? 0
}

function add<Connection>(index: Index<Connection>, address: string, connection: Connection): void {
  const connections = index.get(address)
  if (connections === undefined) index.set(address, new Set([connection]))
  else connections.add(connection)
}

function remove<Connection>(index: Index<Connection>, address: string, connection: Connection): void {
  const connections = index.get(address)
  connections?.delete(connection)
  if (connections?.size === 0) index.delete(address)
}
