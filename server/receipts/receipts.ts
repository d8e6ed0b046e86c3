// Receipts: registers go up, whoever has the conversation on screen is told. Losing, repeating or reordering any of these
// messages changes nothing in the end (shared/conversation/receipts.ts), so nothing here is retried.
//
//   raise ─▶ joined in memory ─▶ one transaction for all conversations ─▶ coalesced ─▶ screens, own other devices

import { LRUCache } from 'lru-cache'
import { joinReceipt } from '../../shared/conversation/receipts.ts'
import type { Receipt } from '../../shared/conversation/receipts.ts'
import type { ConversationId, Seq, UserId } from '../../shared/ids.ts'
import { RECEIPTS_COALESCE_MS, RECEIPTS_MAX_MEMBERS } from '../../shared/limits.ts'
import type { JoinedReceipt, ReceiptStore } from '../../storage/database.ts'
import type { Client } from '../gateway/client.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Logger } from '../logger.ts'
import type { Discretions } from '../people/discretions.ts'
import { isOpen, tellsReceipts } from '../people/discretions.ts'
import type { Audience } from '../presence/audience.ts'
import type { InboxRows } from '../presence/inboxRows.ts'

/** Registers that arrive within this window share a transaction. They come in bursts: everyone sees the same entry. */
const JOIN_TICK_MS = 20

export class Receipts {
  readonly #deps: ReceiptsDeps
  #raised = new Map<string, Raised>()
  #changed = new Map<ConversationId, Map<UserId, Change>>()
  /** Last known read marks, to tell a read mark that moved from one that was only repeated. */
  readonly #read = new LRUCache<string, Seq>({ max: 100_000 })
  #joinTimer: NodeJS.Timeout | null = null
  #relayTimer: NodeJS.Timeout | null = null

  constructor(deps: ReceiptsDeps) {
    this.#deps = deps
  }

  raise(client: Client, user: UserId, items: readonly (Receipt & { conversation: ConversationId })[]): void {
    for (const { conversation, delivered, read } of items) {
      const key = keyOf(conversation, user)
      const before = this.#raised.get(key)
      this.#raised.set(key, {
        conversation,
        user,
        receipt: joinReceipt(before?.receipt, { delivered, read }),
        from: before === undefined || before.from === client ? client : null,
      })
    }
    this.#joinTimer ??= setTimeout(() => void this.#join(), JOIN_TICK_MS)
  }

  /** Writes what was raised; nothing is relayed any more. */
  async stop(): Promise<void> {
    if (this.#joinTimer !== null) clearTimeout(this.#joinTimer)
    await this.#join()
    if (this.#relayTimer !== null) clearTimeout(this.#relayTimer)
  }

  /** To whoever has the conversation on screen, each what they are told of it. */
  async tell(conversation: ConversationId, items: readonly Telling[]): Promise<void> {
    const { hub, discretions } = this.#deps
    const viewers = [...hub.withOnScreen(conversation)]
    const concerned = new Set([...items.map(({ receipt }) => receipt.user), ...viewers.flatMap(({ session }) => session?.user ?? [])])
    const known = await discretions.of(concerned)
    // Mostly nobody hides anything: one string for all.
    if ([...known.values()].every(isOpen) && items.every(isWhole)) return hub.tellScreens(conversation, { type: 'receipts', conversation, items: items.map(({ receipt }) => receipt) })
    for (const client of viewers) {
      const viewer = client.session?.user
      // Whoever left or was removed while this was looked up is told nothing.
      if (viewer === undefined || client.onScreen?.has(conversation) !== true) continue
      const shown = items.filter(({ receipt }) => tellsReceipts(known, receipt.user, viewer)).map(({ receipt, told }) => (receipt.user === viewer ? receipt : { user: receipt.user, ...told }))
      if (shown.length > 0) client.tell({ type: 'receipts', conversation, items: shown })
    }
  }

  async #join(): Promise<void> {
    this.#joinTimer = null
    const raised = this.#raised
    if (raised.size === 0) return
    this.#raised = new Map()
    try {
      const changed = await this.#deps.receipts.join([...raised.values()], this.#deps.clock())
      for (const joined of changed) this.#note(joined, raised.get(keyOf(joined.conversation, joined.receipt.user))?.from ?? null)
    } catch (error) {
      // Devices keep their own registers and assert them again when they return.
      this.#deps.logger.error({ err: error }, 'receipts were not stored')
    }
  }

  #note({ conversation, receipt, told }: JoinedReceipt, from: Client | null): void {
    const key = keyOf(conversation, receipt.user)
    const moved = receipt.read > (this.#read.get(key) ?? 0)
    this.#read.set(key, receipt.read)
    const changes = this.#changed.get(conversation) ?? new Map<UserId, Change>()
    const before = changes.get(receipt.user)
    this.#changed.set(
      conversation,
      changes.set(receipt.user, {
        receipt,
        told,
        readMoved: moved || before?.readMoved === true,
        from: before === undefined || before.from === from ? from : null,
      }),
    )
    this.#relayTimer ??= setTimeout(() => void this.#relay(), RECEIPTS_COALESCE_MS).unref()
  }

  async #relay(): Promise<void> {
    this.#relayTimer = null
    const changed = this.#changed
    this.#changed = new Map()
    try {
      for (const [conversation, changes] of changed) {
        const members = await this.#deps.audience.members(conversation)
        if (members.size <= RECEIPTS_MAX_MEMBERS) {
          await this.tell(conversation, [...changes.values()])
        }
        await this.#tellOwnDevices(conversation, changes)
      }
    } catch (error) {
      this.#deps.logger.error({ err: error }, 'receipts were not relayed')
    }
  }

  /** The badge on the other devices goes down too. */
  async #tellOwnDevices(conversation: ConversationId, changes: ReadonlyMap<UserId, Change>): Promise<void> {
    const { hub, rows } = this.#deps
    const moved = [...changes].filter(([user, { readMoved, from }]) => readMoved && Iterator.from(hub.ofUser(user)).some((client) => client !== from))
    const raisers = new Set(moved.map(([, { from }]) => from))
    await rows.tell(conversation, moved.map(([user]) => user), (client) => raisers.has(client))
  }
}

/** `told`: what others may hear of it. */
type Telling = Pick<JoinedReceipt, 'receipt' | 'told'>

function isWhole({ receipt, told }: Telling): boolean {
  return receipt.read === told.read && receipt.delivered === told.delivered
}

export type ReceiptsDeps = {
  receipts: Pick<ReceiptStore, 'join'>
  rows: InboxRows
  audience: Audience
  discretions: Discretions
  hub: Hub
  clock: () => number
  logger: Logger
}

/** `from`: the only connection that raised it, which knows already; null when there were several. */
type Raised = { conversation: ConversationId; user: UserId; receipt: Receipt; from: Client | null }
type Change = Telling & { readMoved: boolean; from: Client | null }

function keyOf(conversation: ConversationId, user: UserId): string {
  return `${conversation} ${user}`
}
