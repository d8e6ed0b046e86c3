// People by id: what this device knows of them, and the question to the server about those it does not.

import type { UserId } from '../../shared/ids.ts'
import type { Person } from '../../shared/protocol/messages.ts'
import type { Api } from './api.ts'
import type { Readable } from './engine.ts'
import type { Timers } from './environment.ts'
import type { Fact } from './facts.ts'
import type { Cell } from './readable.ts'
import { createCell } from './readable.ts'
import { Person as StoredPerson } from './records.ts'
import type { ReplicaStore } from './replicaStore.ts'
import { AFTER_LAST_KEY, FIRST_KEY } from './replicaStore.ts'
import type { StoreWriter } from './storeWriter.ts'

/** A screen asks for its people one by one, within a moment: one request then. */
const ASK_AFTER_MS = 20
/** As many ids as one request may carry. */
const ASK_MAX = 100

export class People {
  readonly #deps: PeopleDeps
  readonly #cells = new Map<UserId, Cell<Person | null>>()
  readonly #unknown = new Set<UserId>()
  #asking: (() => void) | null = null

  constructor(deps: PeopleDeps) {
    this.#deps = deps
  }

  async load(): Promise<void> {
    const stored = await this.#deps.store.range('people', FIRST_KEY, AFTER_LAST_KEY)
    this.apply(stored.map(({ value }) => StoredPerson.parse(value)))
  }

  person(id: UserId): Readable<Person | null> {
    const cell = this.#cell(id)
    if (cell.get() === null) this.need([id])
    return cell
  }

  known(id: UserId): Person | null {
    return this.#cells.get(id)?.get() ?? null
  }

  /** Asks for those that are not known, soon and together. */
  need(ids: Iterable<UserId>): void {
    for (const id of ids) if (this.known(id) === null) this.#unknown.add(id)
    if (this.#unknown.size > 0) this.#asking ??= this.#deps.timers.after(ASK_AFTER_MS, () => void this.#ask().catch(this.#deps.report))
  }

  /** The server said so: keeps it, and tells the other tabs. */
  async learn(people: readonly Person[]): Promise<void> {
    const fresh = people.filter((person) => !same(this.known(person.id), person))
    if (fresh.length === 0) return
    this.apply(fresh)
    await this.#deps.writer.write(fresh.map((person) => ({ type: 'put', table: 'people', key: person.id, value: person })))
    this.#deps.post({ type: 'people', people: fresh })
  }

  apply(people: readonly Person[]): void {
    for (const person of people) {
      this.#unknown.delete(person.id)
      this.#cell(person.id).set(person)
    }
    if (people.length > 0) this.#deps.changed()
  }

  clear(): void {
    for (const cell of this.#cells.values()) cell.set(null)
    this.#unknown.clear()
  }

  stop(): void {
    this.#asking?.()
  }

  #cell(id: UserId): Cell<Person | null> {
    const known = this.#cells.get(id)
    if (known !== undefined) return known
    const cell = createCell<Person | null>(null)
    this.#cells.set(id, cell)
    return cell
  }

  async #ask(): Promise<void> {
    this.#asking = null
    const ids = [...this.#unknown].slice(0, ASK_MAX)
    if (ids.length === 0) return
    const answer = await this.#deps.api.people({ ids: ids.join(',') })
    // Offline: they stay unknown, and are asked for when the connection is back.
    if (!answer.ok) return
    for (const id of ids) this.#unknown.delete(id)
    await this.learn(answer.value.people)
    this.need([])
  }
}

function same(known: Person | null, person: Person): boolean {
  // Both were parsed by the same schema, so what is equal is spelled alike.
  return known !== null && JSON.stringify(known) === JSON.stringify(person)
}

type PeopleDeps = {
  api: Api
  store: ReplicaStore
  writer: StoreWriter
  timers: Timers
  post: (fact: Fact) => void
  changed: () => void
  report: (error: unknown) => void
}
