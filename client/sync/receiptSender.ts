// Tells the server own receipts, many at once, and again until they are known to have arrived: nothing answers them, but
// messages of one socket arrive in order, so the answer to a later ping proves them.

import type { Receipt } from '../../shared/conversation/receipts.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { Connection } from './connection.ts'
import type { Timers } from './environment.ts'
import type { Registers } from './registers.ts'

/** As many as one message may carry. */
const ITEMS_MAX = 500

export class ReceiptSender {
  readonly #deps: ReceiptSenderDeps
  /** What was told on this connection, and before which ping. */
  readonly #told = new Map<ConversationId, { receipt: Receipt; beforePing: number }>()
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
    for (const [conversation, { receipt, beforePing }] of this.#told) {
      if (beforePing > ping) continue
      this.#told.delete(conversation)
      this.#deps.registers.confirm(conversation, receipt).catch(this.#deps.report)
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
    const { connection, registers } = this.#deps
    const items = registers.unconfirmed().filter(({ conversation, receipt }) => {
      const told = this.#told.get(conversation)?.receipt
      return told === undefined || told.delivered < receipt.delivered || told.read < receipt.read
    })
    for (let at = 0; at < items.length; at += ITEMS_MAX) {
      const batch = items.slice(at, at + ITEMS_MAX)
      // Without a connection the next one begins with them.
      if (!connection.send({ type: 'receipts', items: batch.map(({ conversation, receipt }) => ({ conversation, ...receipt })) })) return
      for (const { conversation, receipt } of batch) this.#told.set(conversation, { receipt, beforePing: connection.pingsSent })
    }
  }
}

type ReceiptSenderDeps = {
  connection: Pick<Connection, 'send' | 'pingsSent'>
  registers: Registers
  timers: Timers
  report: (error: unknown) => void
  /** Milliseconds in which changes are collected. */
  after: number
}
