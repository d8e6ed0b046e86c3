// Own receipts: one max-register a conversation. Raised here, durable here, joined on the server; asserted again until the
// server is known to have them, so none is lost with a connection.

import type { Receipt } from '../../shared/conversation/receipts.ts'
import { joinReceipt } from '../../shared/conversation/receipts.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { ConversationId as ConversationIdSchema, Seq } from '../../shared/ids.ts'
import type { Fact } from './facts.ts'
import { Register } from './records.ts'
import type { ReplicaStore } from './replicaStore.ts'
import { AFTER_LAST_KEY, FIRST_KEY } from './replicaStore.ts'
import type { StoreWriter } from './storeWriter.ts'

export class Registers {
  readonly #deps: RegistersDeps
  readonly #registers = new Map<ConversationId, Register>()

  constructor(deps: RegistersDeps) {
    this.#deps = deps
  }

  async load(): Promise<void> {
    for (const { key, value } of await this.#deps.store.range('registers', FIRST_KEY, AFTER_LAST_KEY)) {
      const conversation = ConversationIdSchema.safeParse(key)
      // Read marks of threads stand beside them.
      if (conversation.success) this.apply(conversation.data, Register.parse(value))
    }
  }

  of(conversation: ConversationId): Receipt {
    return this.#registers.get(conversation)?.receipt ?? ZERO
  }

  /** Resolves when it is durable. A lower value changes nothing. */
  raise(conversation: ConversationId, to: Receipt): Promise<void> {
    const before = this.of(conversation)
    const receipt = joinReceipt(before, to)
    if (receipt.delivered === before.delivered && receipt.read === before.read) return Promise.resolve()
    return this.#set(conversation, { receipt, confirmed: false })
  }

  /** What the server has: nothing of it need be told again. */
  async confirm(conversation: ConversationId, received: Receipt): Promise<void> {
    const register = this.#registers.get(conversation)
    if (register === undefined) return
    const receipt = joinReceipt(register.receipt, received)
    const confirmed = receipt.delivered <= received.delivered && receipt.read <= received.read
    if (confirmed === register.confirmed && receipt.delivered === register.receipt.delivered && receipt.read === register.receipt.read) return
    await this.#set(conversation, { receipt, confirmed: confirmed || register.confirmed })
  }

  unconfirmed(): { conversation: ConversationId; receipt: Receipt }[] {
    return [...this.#registers].filter(([, { confirmed }]) => !confirmed).map(([conversation, { receipt }]) => ({ conversation, receipt }))
  }

  /** Also how other tabs tell what they raised. */
  apply(conversation: ConversationId, register: Register): void {
    const before = this.#registers.get(conversation)
    const receipt = joinReceipt(before?.receipt, register.receipt)
    const higher = receipt.delivered > register.receipt.delivered || receipt.read > register.receipt.read
    this.#registers.set(conversation, { receipt, confirmed: register.confirmed && !higher })
    this.#deps.changed(conversation)
  }

  forget(conversation: ConversationId): void {
    this.#registers.delete(conversation)
  }

  clear(): void {
    this.#registers.clear()
  }

  async #set(conversation: ConversationId, register: Register): Promise<void> {
    this.apply(conversation, register)
    await this.#deps.writer.write([{ type: 'put', table: 'registers', key: conversation, value: register }])
    this.#deps.post({ type: 'register', conversation, register })
  }
}

const ZERO: Receipt = { delivered: Seq.parse(0), read: Seq.parse(0) }

type RegistersDeps = {
  store: ReplicaStore
  writer: StoreWriter
  post: (fact: Fact) => void
  changed: (conversation: ConversationId) => void
}
