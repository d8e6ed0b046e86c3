// What the load was promised, kept outside the server that made the promises, and the comparison with what the server
// holds after it came back. Pure: the comparison is itself tested with servers that lose, double and invent.

import type { Entry } from '../../shared/conversation/entry.ts'
import { textOf } from '../../shared/conversation/entry.ts'
import type { ConversationId, EntryId, Seq, UserId } from '../../shared/ids.ts'
import type { UserReceipt } from '../../shared/protocol/messages.ts'

export class Ledger {
  readonly #entries = new Map<EntryId, Submitted>()
  readonly #receipts = new Map<string, UserReceipt & { conversation: ConversationId }>()
  #acknowledged = 0
  #awaited: { count: number; done: () => void } | null = null
  readonly #highest = new Map<ConversationId, number>()
  readonly #personal = new Map<UserId, Map<string, number>>()
  /** Promises that contradict each other need no comparison to be broken. */
  readonly #contradictions: string[] = []

  submitted(entry: Omit<Submitted, 'seq'>): void {
    this.#entries.set(entry.id, { ...entry, seq: null })
  }

  acknowledged(id: EntryId, seq: Seq): void {
    const entry = this.#entries.get(id)
    if (entry === undefined) {
      this.#contradictions.push(`${id} was acknowledged, and nobody wrote it`)
      return
    }
    if (entry.seq !== null && entry.seq !== seq) this.#contradictions.push(`${id} was acknowledged as seq ${entry.seq}, then as ${seq}`)
    if (entry.seq === null) this.#acknowledged++
    entry.seq = seq
    if (this.#awaited !== null && this.#acknowledged >= this.#awaited.count) this.#awaited.done()
    this.#highest.set(entry.conversation, Math.max(seq, this.highest(entry.conversation)))
  }

  /** Resolves when that many entries have been acknowledged. */
  reached(count: number): Promise<void> {
    return new Promise((done) => {
      this.#awaited = { count, done }
    })
  }

  /** A receipt that the server showed to others was promised to its owner. */
  relayed(conversation: ConversationId, receipt: UserReceipt): void {
    const key = `${conversation} ${receipt.user}`
    const before = this.#receipts.get(key)
    if (before !== undefined && (receipt.read < before.read || receipt.delivered < before.delivered)) {
      this.#contradictions.push(`the receipt of ${receipt.user} in ${conversation} went back from ${JSON.stringify(before)} to ${JSON.stringify(receipt)}`)
    }
    this.#receipts.set(key, { conversation, ...receipt })
  }

  saved(user: UserId, key: string, value: number): void {
    const settings = this.#personal.get(user) ?? new Map<string, number>()
    this.#personal.set(user, settings.set(key, value))
  }

  /** Entries that no answer came for: the next connection sends them again. */
  unanswered(author: UserId, conversation: ConversationId): Submitted[] {
    return [...this.#entries.values()].filter((entry) => entry.seq === null && entry.author === author && entry.conversation === conversation)
  }

  /** The highest seq that was acknowledged in a conversation. */
  highest(conversation: ConversationId): number {
    return this.#highest.get(conversation) ?? 0
  }

  get counts(): { acknowledged: number; unanswered: number; receipts: number; personal: number } {
    const acknowledged = this.#acknowledged
    const personal = [...this.#personal.values()].reduce((sum, settings) => sum + settings.size, 0)
    return { acknowledged, unanswered: this.#entries.size - acknowledged, receipts: this.#receipts.size, personal }
  }

  /** Every promise the server broke, in words; empty when it kept them all. */
  broken(found: Found): string[] {
    return [
      ...this.#contradictions,
      ...found.logs.flatMap(({ conversation, entries }) => [...gaps(conversation, entries), ...this.#foreign(conversation, entries), ...this.#missing(conversation, entries)]),
      ...this.#lostReceipts(found),
      ...this.#lostSettings(found),
    ]
  }

  #missing(conversation: ConversationId, entries: readonly Entry[]): string[] {
    const seqs = new Map(entries.map(({ id, seq }) => [id, seq]))
    return [...this.#entries.values()]
      .filter((entry) => entry.conversation === conversation && entry.seq !== null && seqs.get(entry.id) !== entry.seq)
      .map(({ id, seq }) => `${id} was acknowledged as seq ${seq} of ${conversation}; there it is ${seqs.get(id) ?? 'missing'}`)
  }

  /** Not written by anyone, altered, under another author, or twice. */
  #foreign(conversation: ConversationId, entries: readonly Entry[]): string[] {
    const seen = new Set<EntryId>()
    return entries.flatMap((entry) => {
      const written = this.#entries.get(entry.id)
      if (seen.size === seen.add(entry.id).size) return [`${entry.id} is in ${conversation} twice`]
      if (written === undefined) return [`${entry.id} in ${conversation} was written by nobody`]
      const same = written.conversation === conversation && written.author === entry.author && written.text === textOf(entry)
      return same ? [] : [`${entry.id} in ${conversation} is not what was written`]
    })
  }

  #lostReceipts({ receipts }: Found): string[] {
    return [...this.#receipts.values()].flatMap((promised) => {
      const held = receipts.find(({ conversation, user }) => conversation === promised.conversation && user === promised.user)
      if (held !== undefined && held.read >= promised.read && held.delivered >= promised.delivered) return []
      return [`the receipt ${JSON.stringify(promised)} is now ${JSON.stringify(held ?? null)}`]
    })
  }

  #lostSettings({ personal }: Found): string[] {
    return [...this.#personal].flatMap(([user, settings]) =>
      [...settings].filter(([key, value]) => personal.get(user)?.get(key) !== value).map(([key]) => `the setting ${key} of ${user} is lost`),
    )
  }
}

export type Submitted = { conversation: ConversationId; author: UserId; id: EntryId; text: string; seq: Seq | null }

/** What a server holds: read over the API, or from the file. */
export type Found = {
  logs: readonly { conversation: ConversationId; entries: readonly Entry[] }[]
  receipts: readonly (UserReceipt & { conversation: ConversationId })[]
  personal: ReadonlyMap<UserId, ReadonlyMap<string, unknown>>
}

function gaps(conversation: ConversationId, entries: readonly Entry[]): string[] {
  const gap = entries.findIndex((entry, index) => entry.seq !== index + 1)
  return gap < 0 ? [] : [`${conversation} has seq ${entries[gap]?.seq} in place ${gap + 1}`]
}
