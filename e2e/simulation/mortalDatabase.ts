// The database as one life of a server sees it. With the crash the handle goes dead: what was asked and not answered
// never is. A crash can be armed to strike around the next commit, because that is where it hurts: before it nothing is
// stored, after it everything is and nobody was told.
//
// What passes is witnessed: commits and changes of membership, at the moment they become durable.

import { textOf } from '../../shared/conversation/entry.ts'
import type { ConversationId, Seq, UserId } from '../../shared/ids.ts'
import type { CommitOutcome, CommitRequest, Database } from '../../storage/database.ts'

export type Witness = {
  committed(conversation: ConversationId, author: UserId, entry: { id: string; seq: number; text: string }): void
  /** An event: nobody typed it. */
  happened(conversation: ConversationId, author: UserId, entry: { id: string; seq: number }): void
  membership(conversation: ConversationId, users: readonly UserId[], member: boolean, head: number): void
}

export class MortalDatabase {
  readonly port: Database
  readonly #database: Database
  readonly #witness: Witness
  #alive = true
  #armed: { when: 'before commit' | 'after commit'; strike: () => void } | null = null

  constructor(database: Database, witness: Witness) {
    this.#database = database
    this.#witness = witness
    this.port = {
      log: { ...this.#mortal(database.log), commit: (requests) => this.#commit(requests) },
      accounts: this.#mortal(database.accounts),
      sessions: this.#mortal(database.sessions),
      conversations: this.#witnessed(),
      receipts: this.#mortal(database.receipts),
      personal: this.#mortal(database.personal),
      bulk: this.#mortal(database.bulk),
      administration: this.#mortal(database.administration),
      registration: this.#mortal(database.registration),
      people: this.#mortal(database.people),
      pictures: this.#mortal(database.pictures),
      joinLinks: this.#mortal(database.joinLinks),
      reports: this.#mortal(database.reports),
      threads: this.#mortal(database.threads),
      ping: () => this.#answer(() => database.ping()),
      close: () => this.#answer(() => Promise.resolve()),
    }
  }

  armCrash(when: 'before commit' | 'after commit', strike: () => void): void {
    this.#armed = { when, strike }
  }

  disarm(): void {
    this.#armed = null
  }

  /** The file is closed as the system closes it for a process that is gone. */
  async crash(): Promise<void> {
    this.#alive = false
    await this.#database.close()
  }

  #answer<T>(work: () => Promise<T>): Promise<T> {
    const never = new Promise<T>(() => {})
    return this.#alive ? work().then((value) => (this.#alive ? value : never)) : never
  }

  async #commit(requests: readonly CommitRequest[]): Promise<CommitOutcome[]> {
    this.#strike('before commit')
    return this.#answer(async () => {
      const outcomes = await this.#database.log.commit(requests)
      for (const [index, outcome] of outcomes.entries()) {
        const request = requests[index]
        if (request === undefined || outcome.type !== 'committed') continue
        for (const result of outcome.results) {
          if (result.type === 'stored') this.#witness.committed(request.conversation, request.author, { id: result.entry.id, seq: result.entry.seq, text: textOf(result.entry) })
        }
      }
      this.#strike('after commit')
      return outcomes
    })
  }

  #strike(when: 'before commit' | 'after commit'): void {
    if (this.#armed?.when !== when || !this.#alive) return
    const { strike } = this.#armed
    this.#armed = null
    strike()
  }

  #witnessed(): Database['conversations'] {
    const { conversations } = this.#database
    return {
      ...this.#mortal(conversations),
      direct: (pair, id, now) => this.#change(() => conversations.direct(pair, id, now), (direct) => ({ id: direct.id, users: direct.created ? pair : [], member: true })),
      createGroup: (group) => this.#change(() => conversations.createGroup(group), (outcome) => ({ id: group.id, users: outcome === 'created' ? [group.owner, ...group.members] : [], member: true })),
      change: (request) =>
        this.#answer(async () => {
          const changed = await conversations.change(request)
          if (changed === null) return null
          const { conversation, author } = request
          const { entry, added, removed } = changed
          this.#witness.happened(conversation, author, { id: entry.id, seq: entry.seq })
          if (added.length > 0) this.#witness.membership(conversation, added, true, entry.seq)
          // Who goes is not told how they went.
          if (removed.length > 0) this.#witness.membership(conversation, removed, false, entry.seq - 1)
          return changed
        }),
    }
  }

  #change<T>(work: () => Promise<T>, change: (result: T) => { id: ConversationId; users: readonly UserId[]; member: boolean }): Promise<T> {
    return this.#answer(async () => {
      const result = await work()
      const { id, users, member } = change(result)
      const head: Seq = await this.#database.log.head(id)
      if (users.length > 0) this.#witness.membership(id, users, member, head)
      return result
    })
  }

  /** The same store, each of whose methods hangs once this life is over. */
  #mortal<Store extends object>(store: Store): Store {
    return new Proxy(store, {
      get: (target, name, receiver) => {
        const method: unknown = Reflect.get(target, name, receiver)
        if (typeof method !== 'function') return method
        // Every method of every store of the port returns a promise.
        return (...args: unknown[]) => this.#answer(() => Reflect.apply(method, target, args) as Promise<unknown>)
      },
    })
  }
}
