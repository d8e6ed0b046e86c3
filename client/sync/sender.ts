// The leader sends what waits in the outbox: per conversation in order, one batch in flight, until each entry was
// acknowledged or refused. A batch whose answer was lost with the connection is sent again; ids make that harmless.

import type { ConversationId } from '../../shared/ids.ts'
import { backoff } from '../../shared/backoff.ts'
import type { Connection } from './connection.ts'
import { ConnectionLostError } from './connection.ts'
import type { Environment } from './environment.ts'
import type { Outbox } from './outbox.ts'
import { nextBatch, refuseAll, settle } from './outboxRules.ts'
import type { OutboxRecord } from './records.ts'

/** After a long time offline many conversations wait; the server need not see them all at once. */
const CONVERSATIONS_AT_ONCE = 8

export class Sender {
  readonly #deps: SenderDeps
  readonly #busy = new Set<ConversationId>()
  readonly #queued = new Set<ConversationId>()
  /** Asked to wait: by conversation, how to cancel, and how often in a row. */
  readonly #waiting = new Map<ConversationId, () => void>()
  readonly #attempts = new Map<ConversationId, number>()

  constructor(deps: SenderDeps) {
    this.#deps = deps
  }

  /** Something waits, or may be tried again: a new entry, a retry, a connection. */
  kick(conversations: Iterable<ConversationId>): void {
    for (const conversation of conversations) if (!this.#waiting.has(conversation)) this.#queued.add(conversation)
    this.#next()
  }

  stop(): void {
    for (const cancel of this.#waiting.values()) cancel()
    this.#waiting.clear()
    this.#attempts.clear()
    this.#queued.clear()
  }

  #next(): void {
    for (const conversation of this.#queued) {
      if (this.#busy.size >= CONVERSATIONS_AT_ONCE || !this.#deps.connection.isUp()) return
      if (this.#busy.has(conversation)) continue
      this.#queued.delete(conversation)
      this.#busy.add(conversation)
      this.#drain(conversation)
        .catch(this.#deps.report)
        .finally(() => {
          this.#busy.delete(conversation)
          this.#next()
        })
    }
  }

  async #drain(conversation: ConversationId): Promise<void> {
    const { connection, outbox } = this.#deps
    while (connection.isUp()) {
      const { send, refuse } = nextBatch(outbox.of(conversation))
      this.#keep(outbox.update(refuse))
      if (send.length === 0) return
      const next = await this.#send(conversation, send)
      // The next connection begins again with the same entries.
      if (next === 'lost') return
      if (next !== 'go on') return this.#wait(conversation, next.wait)
      this.#attempts.delete(conversation)
    }
  }

  /** What to do next; `wait` in milliseconds, at least. */
  async #send(conversation: ConversationId, batch: readonly OutboxRecord[]): Promise<'go on' | 'lost' | { wait: number }> {
    const { connection, outbox } = this.#deps
    try {
      const answer = await connection.request({ type: 'append', conversation, entries: batch.map(({ entry }) => entry) })
      if (answer.type === 'appended') {
        const { changed, retryAfter } = settle(outbox.of(conversation), answer.results)
        this.#settled(conversation, changed)
        return retryAfter === null ? 'go on' : { wait: retryAfter }
      }
      if (answer.type !== 'refused') throw new Error(`An append was answered with ${answer.type}.`)
      if (answer.refusal.retry) return { wait: answer.refusal.retryAfter ?? 0 }
      this.#keep(outbox.update(refuseAll(batch, answer.refusal)))
      return 'go on'
    } catch (error) {
      if (error instanceof ConnectionLostError) return 'lost'
      throw error
    }
  }

  #settled(conversation: ConversationId, settled: readonly OutboxRecord[]): void {
    const { outbox } = this.#deps
    // With the message went what it was reacted to with: nobody misses it, and nothing says it.
    const [gone, changed] = [settled.filter(isPointless), settled.filter((record) => !isPointless(record))]
    if (gone.length > 0) this.#keep(outbox.remove(gone))
    if (this.#deps.follows(conversation)) return this.#keep(outbox.update(changed))
    this.#keep(outbox.update(changed.filter(({ state }) => state.state !== 'stored')))
    this.#keep(outbox.remove(changed.filter(({ state }) => state.state === 'stored')))
  }

  /** The next batch is decided on what is in memory already; writing goes on beside it. */
  #keep(written: Promise<void>): void {
    written.catch(this.#deps.report)
  }

  #wait(conversation: ConversationId, atLeast: number): void {
    const attempt = this.#attempts.get(conversation) ?? 0
    this.#attempts.set(conversation, attempt + 1)
    const cancel = this.#deps.timers.after(atLeast + backoff(attempt, this.#deps.random()), () => {
      this.#waiting.delete(conversation)
      this.kick([conversation])
    })
    this.#waiting.set(conversation, cancel)
  }
}

function isPointless({ entry, state }: OutboxRecord): boolean {
  return state.state === 'refused' && state.refusal.code === 'erased' && (entry.kind === 'reaction' || entry.kind === 'pin')
}

type SenderDeps = Pick<Environment, 'timers' | 'random' | 'report'> & {
  connection: Pick<Connection, 'isUp' | 'request'>
  outbox: Outbox
  /** Will the log of this device come to hold what was stored? */
  follows: (conversation: ConversationId) => boolean
}
