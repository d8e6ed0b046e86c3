// The leader sends what was set on this device: one request at a time, in order of changing, until the server has it or
// refused it for good. A request whose answer was lost is sent again, perhaps after another device changed the same: each has
// an id, by which the server knows what it made already.
//
// What is part of the own profile is done with when the server's word on that profile is here as well: what is shown never
// goes back to what was before.

import type { OwnProfile } from '../../shared/protocol/messages.ts'
import type { Refusal } from '../../shared/protocol/refusal.ts'
import type { Api } from './api.ts'
import { backoff } from '../../shared/backoff.ts'
import type { Connection } from './connection.ts'
import type { Outcome } from './engine.ts'
import type { Environment } from './environment.ts'
import type { Outbox } from './outbox.ts'
import type { PendingChanges } from './pendingChanges.ts'
import type { Change, PendingChange } from './records.ts'

export class ChangeSender {
  readonly #deps: ChangeSenderDeps
  #running = false
  #again = false
  /** The server has them; what it says of the profile since is not here yet. */
  readonly #taken = new Map<string, PendingChange>()
  /** Asked to wait: by id, how to cancel, and how often in a row. */
  readonly #waiting = new Map<string, () => void>()
  readonly #attempts = new Map<string, number>()

  constructor(deps: ChangeSenderDeps) {
    this.#deps = deps
  }

  /** A connection: whatever was waited for is worth a try. */
  start(): void {
    this.stop()
    this.kick()
  }

  /** Something was set, or what it has to come after was sent. */
  kick(): void {
    this.#again = true
    if (this.#running) return
    this.#running = true
    this.#run().catch(this.#deps.report)
  }

  stop(): void {
    for (const cancel of this.#waiting.values()) cancel()
    this.#waiting.clear()
    this.#attempts.clear()
  }

  async #run(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false
        for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#send(next)
        await this.#hearOwn()
      }
    } finally {
      this.#running = false
    }
  }

  #next(): PendingChange | undefined {
    const { changes, connection } = this.#deps
    return connection.isUp() ? changes.pending().find((record) => !this.#taken.has(record.id) && !this.#waiting.has(record.id) && this.#isReady(record.change)) : undefined
  }

  /** Whoever replies follows: who leaves a thread after a reply that is not sent yet has to leave it after that arrived. */
  #isReady(change: Change): boolean {
    if (change.type !== 'follow') return true
    return !this.#deps.outbox.of(change.conversation).some(({ entry, state }) => state.state === 'pending' && entry.kind === 'reply' && entry.body.of === change.root)
  }

  async #send(record: PendingChange): Promise<void> {
    const { changes, connection, api } = this.#deps
    const { change } = record
    const answer = await request(api, record)
    if (answer.ok) {
      this.#attempts.delete(record.id)
      if (isOwn(change)) this.#taken.set(record.id, record)
      else if (change.type === 'follow') await this.#hearStanding(record, change)
      else await changes.done([record])
    } else if (isForGood(answer.refusal)) await changes.refuse(record, answer.refusal)
    // The next connection begins again.
    else if (connection.isUp()) this.#wait(record.id, answer.refusal.retryAfter ?? 0)
  }

  /** It may have been made long ago, and what another device chose since is what counts. */
  async #hearStanding(record: PendingChange, change: Change & { type: 'follow' }): Promise<void> {
    const { api, changes, connection } = this.#deps
    const answer = await api.threadStanding(change.conversation, change.at)
    if (answer.ok) await changes.done([await changes.heard(record, change, answer.value)])
    // Gone from the conversation meanwhile.
    else if (isForGood(answer.refusal)) await changes.done([record])
    else if (connection.isUp()) this.#wait(record.id, answer.refusal.retryAfter ?? 0)
  }

  async #hearOwn(): Promise<void> {
    const { api, changes, connection, own, heard } = this.#deps
    const taken = [...this.#taken.values()]
    if (taken.length === 0 || this.#waiting.has(OWN) || !connection.isUp()) return
    const before = heard()
    const answer = await api.ownProfile()
    if (!answer.ok) return this.#wait(OWN, answer.refusal.retryAfter ?? 0)
    // Another device changed something in this moment: which of the two is older cannot be seen.
    if (before !== heard()) return void (this.#again = true)
    this.#attempts.delete(OWN)
    await own(answer.value)
    for (const { id } of taken) this.#taken.delete(id)
    await changes.done(taken)
  }

  #wait(id: string, atLeast: number): void {
    const attempt = this.#attempts.get(id) ?? 0
    this.#attempts.set(id, attempt + 1)
    this.#waiting.get(id)?.()
    const cancel = this.#deps.timers.after(atLeast + backoff(attempt, this.#deps.random()), () => {
      this.#waiting.delete(id)
      this.kick()
    })
    this.#waiting.set(id, cancel)
  }
}

function request(api: Api, { id, change }: PendingChange): Promise<Outcome<unknown>> {
  switch (change.type) {
    case 'profile':
      return api.changeProfile(change.change, id)
    case 'picture':
      return change.picture === null ? api.removePicture(id) : api.setPicture(new Blob([change.picture.bytes], { type: change.picture.type }), id)
    case 'block':
      return change.on ? api.block(change.user, id) : api.unblock(change.user, id)
    case 'follow':
      return api.followThread(change.conversation, change.at, { on: change.on, read: change.read }, id)
    case 'report':
      return api.report({ ...change.report, id: change.id })
    default:
      return change satisfies never
  }
}

function isOwn({ type }: Change): boolean {
  return type === 'profile' || type === 'picture' || type === 'block'
}

/** Not the world's fault, nor that of a program that is older than the server, or of a proxy that answers for it. */
function isForGood({ retry, code }: Refusal): boolean {
  return !retry && code !== 'version'
}

/** In place of an id. */
const OWN = 'own'

type ChangeSenderDeps = Pick<Environment, 'timers' | 'random' | 'report'> & {
  connection: Pick<Connection, 'isUp'>
  api: Api
  changes: PendingChanges
  outbox: Outbox
  /** What the server says of the own profile. */
  own: (own: OwnProfile) => Promise<void>
  /** How often it has said something. */
  heard: () => number
}
