// Tells the server own receipts and read marks of threads, many at once, and again until they are known to have arrived: nothing answers them, but
// messages of one socket arrive in order, so the answer to a later ping proves them.

import type { ClientMessage } from '../../shared/protocol/messages.ts'
import type { Connection } from './connection.ts'
import type { Timers } from './environment.ts'
import type { Registers } from './registers.ts'
import type { ThreadMarks } from './threadMarks.ts'

/** As many as one message may carry. */
const ITEMS_MAX = 500

export class ReceiptSender {
  readonly #deps: ReceiptSenderDeps
  /** What was told on this connection, and before which ping. */
  readonly #told = new Map<string, { item: Item; beforePing: number }>()
  #cancel: (() => void) | null = null

  constructor(deps: ReceiptSenderDeps) {
    this.#deps = deps
  }

  /** Soon, with whatever else changes until then. */
  schedule(): void {
    this.#cancel ??= this.#deps.timers.after(this.#deps.after, () => {
      this.#cancel = null
      this.#send()
    })
  }

  /** The server could not take them. */
  again(): void {
    this.#told.clear()
    this.schedule()
  }

  heard(ping: number): void {
    const { registers, threadMarks, report } = this.#deps
    for (const [key, { item, beforePing }] of this.#told) {
      if (beforePing > ping) continue
      this.#told.delete(key)
      const confirmed = 'thread' in item ? threadMarks.confirm(item) : registers.confirm(item.conversation, item)
      confirmed.catch(report)
    }
  }

  down(): void {
    this.#told.clear()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#told.clear()
  }

  #send(): void {
    const { connection, registers, threadMarks, keptToOneself } = this.#deps
    // Scheduled again when the server knows.
    if (keptToOneself()) return
    const receipts = registers.unconfirmed().map(({ conversation, receipt }) => ({ conversation, ...receipt }))
    const items = [...receipts, ...threadMarks.unconfirmed()].filter((item) => isNews(item, this.#told.get(keyOf(item))?.item))
    for (let at = 0; at < items.length; at += ITEMS_MAX) {
      const batch = items.slice(at, at + ITEMS_MAX)
      // Without a connection the next one begins with them.
      if (!connection.send({ type: 'receipts', items: batch })) return
      for (const item of batch) this.#told.set(keyOf(item), { item, beforePing: connection.pingsSent })
    }
  }
}

type Item = Extract<ClientMessage, { type: 'receipts' }>['items'][number]

function keyOf(item: Item): string {
  return 'thread' in item ? `${item.conversation} ${item.thread}` : item.conversation
}

function isNews(item: Item, told: Item | undefined): boolean {
  if (told === undefined || told.read < item.read) return true
  return 'delivered' in item && 'delivered' in told && told.delivered < item.delivered
}

type ReceiptSenderDeps = {
  connection: Pick<Connection, 'send' | 'pingsSent'>
  registers: Registers
  threadMarks: ThreadMarks
  timers: Timers
  report: (error: unknown) => void
  /** The person chose to tell somebody less, and the server does not know it yet. */
  keptToOneself: () => boolean
  /** Milliseconds in which changes are collected. */
  after: number
}
