// What one tab has in memory of what the device holds, and the one way into it for what arrives: `ingest`. Every tab has
// a replica; only the leader feeds it from the socket, the others learn by facts.

import type { Entry } from '../../shared/conversation/entry.ts'
import { isAnnotation } from '../../shared/conversation/entry.ts'
import { usersNamedBy } from '../../shared/conversation/event.ts'
import type { InboxRow } from '../../shared/conversation/inbox.ts'
import type { Receipt } from '../../shared/conversation/receipts.ts'
import { joinReceipts } from '../../shared/conversation/receipts.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import type { ConversationView, FirstPaint, UserReceipt } from '../../shared/protocol/messages.ts'
import type { Api } from './api.ts'
import type { Environment } from './environment.ts'
import type { Fact } from './facts.ts'
import { Erasures, encodeSegment } from './erasures.ts'
import { Inbox, movedOn } from './inbox.ts'
import { inboxItem, unreadAgain } from './inboxItem.ts'
import { Log } from './log.ts'
import { decodeSegment } from './logDocument.ts'
import { Mutes } from './mutes.ts'
import { Outbox } from './outbox.ts'
import { PendingChanges } from './pendingChanges.ts'
import { People } from './people.ts'
import { Personal } from './personal.ts'
import type { Change } from './records.ts'
import { AnnotationsKnown, StoredView, annotationsKnownKey, forgetConversation, forgetEverything, putAnnotations, putEntries, putSegment } from './records.ts'
import type { SavedMessage } from './engine.ts'
import { savedIn } from './savedIn.ts'
import type { Derived } from './readable.ts'
import { createDerived } from './readable.ts'
import { Registers } from './registers.ts'
import { readTo, withCalls } from './rowCalls.ts'
import { ThreadMarks } from './threadMarks.ts'
import type { StoreWrite } from './replicaStore.ts'
import type { StoreWriter } from './storeWriter.ts'

export class Replica {
  readonly outbox: Outbox
  readonly changes: PendingChanges
  readonly people: People
  readonly registers: Registers
  readonly threadMarks: ThreadMarks
  readonly personal: Personal
  readonly mutes: Mutes
  readonly inbox: Inbox
  readonly saved: Derived<readonly SavedMessage[]>
  readonly #deps: ReplicaDeps
  readonly #erasures: Erasures
  readonly writer: StoreWriter
  /** Of conversations that somebody holds: on screen here, or followed by the leader. */
  readonly #held = new Map<ConversationId, HeldConversation>()
  /** Grows when everything is forgotten: what began before must not go on after. */
  #era = 0

  constructor(deps: ReplicaDeps) {
    this.#deps = deps
    const { api, writer, post } = deps
    this.writer = writer
    const { store, timers, random, newId, report } = deps.environment
    const changed = (conversations: readonly ConversationId[]) => this.#changed(conversations)
    this.outbox = new Outbox({ store, writer, post, changed })
    this.changes = new PendingChanges({ store, writer, newId, post, report, changed: (those) => this.#changesChanged(those) })
    this.people = new People({ api, store, writer, timers, post, report, changed: () => this.inbox.changed('all') })
    this.registers = new Registers({ store, writer, post, changed: (conversation) => this.#registerChanged(conversation) })
    this.threadMarks = new ThreadMarks({ store, writer, post, changed: (conversation) => this.#registerChanged(conversation) })
    this.saved = createDerived(() => savedIn(this.personal.keys('saved')))
    this.personal = new Personal({ store, writer, random, newId, post, report, changed: () => this.#personalChanged() })
    this.mutes = new Mutes({ personal: this.personal, clock: deps.environment.clock, timers, ranOut: () => this.#personalChanged() })
    this.#erasures = new Erasures({
      api, store, writer,
      erased: async (conversation, targets) => {
        this.applyErased(conversation, targets)
        await this.#erasures.erase(conversation, targets)
        post({ type: 'erased', conversation, targets: [...targets] })
      },
    })
    this.inbox = new Inbox({
      api,
      timers,
      store,
      writer,
      post,
      changed,
      learnPeople: (people) => this.people.learn(people),
      withEntries: (row) => this.#withEntries(row),
      withCalls: (row) => withCalls(row, this.#held.get(row.conversation)?.log, deps.me()),
      withOwnRegister: (row) => this.#withOwnRegister(row),
      serverRead: ({ conversation, read }) => void this.registers.confirm(conversation, { delivered: read, read }).catch(report),
      itemOf: (row) => this.#itemOf(row),
      rowMissing: deps.rowMissing,
      erased: () => void this.learnErasures().catch(report),
      departed: deps.departed,
    })
  }

  /** Nothing happens here by itself any more. */
  stop(): void {
    this.people.stop()
    this.inbox.stop()
    this.mutes.stop()
  }

  async load(): Promise<void> {
    // Registers before rows: rows are shown with them.
    await Promise.all([this.registers.load(), this.threadMarks.load()])
    await Promise.all([this.outbox.load(), this.changes.load(), this.people.load(), this.personal.load(), this.inbox.load(), this.#erasures.load()])
  }

  /** Memory of a conversation, until released as often. */
  hold(conversation: ConversationId, changed?: () => void): HeldConversation {
    const held = this.#held.get(conversation) ?? this.#makeHeld(conversation)
    this.#held.set(conversation, held)
    held.holders += 1
    if (changed !== undefined) held.listeners.add(changed)
    return held
  }

  release(conversation: ConversationId, changed?: () => void): void {
    const held = this.#held.get(conversation)
    if (held === undefined) return
    held.holders -= 1
    if (changed !== undefined) held.listeners.delete(changed)
    if (held.holders === 0) this.#held.delete(conversation)
  }

  /** The last entries of a conversation that nobody looks at, onto this device. */
  async bring(conversation: ConversationId, count: number): Promise<void> {
    const { log, loaded } = this.hold(conversation)
    await loaded
    await log.load(log.head - count + 1, log.head)
    this.release(conversation)
  }

  /**
   * Entries that the log holds, from the server. In memory at once; resolves when they are durable on this device. With
   * `segment`, they are a whole one and are kept as its bytes.
   */
  async ingest(conversation: ConversationId, entries: readonly Entry[], segment?: { number: number; bytes: Uint8Array }): Promise<void> {
    const me = this.#deps.me()
    const era = this.#era
    const held = this.#held.get(conversation)
    held?.log.absorb(entries)
    const kept = held?.log.withoutErased(entries) ?? entries
    if (held !== undefined && entries.some(isAboutPins)) held.pinsChanged += 1
    const erased = entries.flatMap((entry) => (entry.kind === 'erase' ? [entry.body.target] : []))
    const outbox = this.outbox.arrived(conversation, entries)
    const inbox = this.inbox.arrived(conversation, entries, me)
    this.#changed([conversation])
    this.people.need(new Set(entries.flatMap(peopleIn)))
    const rows = segment === undefined ? putEntries(conversation, kept) : putSegment(conversation, kept === entries ? segment : without(segment, kept))
    const annotations = putAnnotations(conversation, kept.filter(isAnnotation))
    await this.#deps.writer.write([...rows, ...annotations, ...outbox.writes, ...inbox.writes])
    if (era === this.#era) await this.#erasures.erase(conversation, erased)
    if (era !== this.#era) return
    await this.#raiseDelivered(conversation, entries, me)
    const { post } = this.#deps
    // A whole segment is history that one tab asked for; the others read it from the store when they want it.
    if (segment === undefined) post({ type: 'entries', conversation, entries: [...entries] })
    if (outbox.removed.length > 0) post({ type: 'outbox', put: [], removed: outbox.removed })
    if (inbox.rows.length > 0) post({ type: 'rows', rows: inbox.rows })
  }

  /** A segment that grew full here: its rows become one value. */
  keepSegment(conversation: ConversationId, segment: { number: number; bytes: Uint8Array }): Promise<void> {
    const entries = decodeSegment(segment.number, segment.bytes)
    const kept = this.#held.get(conversation)?.log.withoutErased(entries) ?? entries
    return this.#deps.writer.write(putSegment(conversation, kept === entries ? segment : without(segment, kept)))
  }

  /** Asks what was erased while this device was away. False: no answer. */
  learnErasures(): Promise<boolean> {
    return this.#erasures.catchUp(this.inbox.since ?? 0)
  }

  /** From another tab, which has written it already. */
  applyErased(conversation: ConversationId, targets: readonly Seq[]): void {
    for (const target of targets) this.#held.get(conversation)?.log.erase(target)
    this.#changed([conversation])
  }

  /** As this device may keep them. */
  withoutErased(conversation: ConversationId, entries: readonly Entry[]): readonly Entry[] {
    return this.#held.get(conversation)?.log.withoutErased(entries) ?? entries
  }

  /** The end of a conversation, as the server drew it. */
  async paint(paint: FirstPaint): Promise<void> {
    const { conversation, tail, receipts, people } = paint
    await Promise.all([this.people.learn(people), this.learnView(conversation, receipts), this.ingest(conversation.id, tail)])
    const mine = receipts.find(({ user }) => user === this.#deps.me())
    if (mine !== undefined) await this.registers.confirm(conversation.id, mine)
  }

  async learnView(view: ConversationView, receipts: readonly UserReceipt[]): Promise<void> {
    this.applyView(view, receipts)
    const value: StoredView = { view, receipts: receiptList(this.#held.get(view.id)) ?? [...receipts] }
    await this.#deps.writer.write([{ type: 'put', table: 'views', key: view.id, value }])
    this.#deps.post({ type: 'view', view, receipts: [...receipts] })
  }

  applyView(view: ConversationView, receipts: readonly UserReceipt[]): void {
    const held = this.#held.get(view.id)
    if (held === undefined) return
    held.view = view
    held.gone = null
    held.log.raiseHead(view.head)
    this.applyReceipts(view.id, receipts)
    this.people.need(view.members.map(({ user }) => user))
  }

  /** Registers of others, and own ones raised on another device. */
  async learnReceipts(conversation: ConversationId, items: readonly UserReceipt[]): Promise<void> {
    this.applyReceipts(conversation, items)
    const mine = items.find(({ user }) => user === this.#deps.me())
    if (mine !== undefined) await this.registers.confirm(conversation, mine)
    const held = this.#held.get(conversation)
    if (held?.view !== null && held?.view !== undefined) {
      const value: StoredView = { view: held.view, receipts: receiptList(held) ?? [] }
      await this.#deps.writer.write([{ type: 'put', table: 'views', key: conversation, value }])
    }
    this.#deps.post({ type: 'receipts', conversation, items: [...items] })
  }

  applyReceipts(conversation: ConversationId, items: readonly UserReceipt[]): void {
    const held = this.#held.get(conversation)
    if (held === undefined) return
    held.receipts = joinReceipts(held.receipts, new Map(items.map(({ user, delivered, read }) => [user, { delivered, read }])))
    this.#changed([conversation])
  }

  /** From another tab, which has written it already. */
  applyEntries(conversation: ConversationId, entries: readonly Entry[]): void {
    const held = this.#held.get(conversation)
    held?.log.absorb(entries)
    if (held !== undefined && entries.some(isAboutPins)) held.pinsChanged += 1
    this.#changed([conversation])
  }

  /** The own read mark of a conversation, here and wherever this person is signed in. */
  async raiseRegister(conversation: ConversationId, receipt: Receipt): Promise<void> {
    await this.registers.raise(conversation, receipt)
    await this.inbox.registerRaised(conversation)
  }

  /** No member any more: nothing of it stays, except own entries that were not sent. */
  async forget(conversation: ConversationId, words: string): Promise<void> {
    this.applyGone(conversation, words)
    // What the server took just before waited for a log that will not come.
    const sent = this.outbox.of(conversation).filter(({ state }) => state.state === 'stored')
    const aboutIt = this.changes.drop(({ change }) => change.type === 'follow' && change.conversation === conversation)
    await Promise.all([this.#deps.writer.write(forgetConversation(conversation)), this.outbox.remove(sent), aboutIt])
    this.#deps.post({ type: 'gone', conversation, words })
  }

  applyGone(conversation: ConversationId, words: string): void {
    this.inbox.forget(conversation)
    this.registers.forget(conversation)
    this.threadMarks.forget(conversation)
    const held = this.#held.get(conversation)
    if (held !== undefined) {
      empty(held)
      held.gone = words
    }
    this.#changed([conversation])
  }

  /** Everything of the account, in memory and in the store. */
  async wipe(keep: { outbox: boolean }): Promise<void> {
    this.clear(keep)
    await this.#deps.writer.write(forgetEverything(keep), 'strict')
  }

  clear(keep: { outbox: boolean }): void {
    this.#era += 1
    for (const held of this.#held.values()) empty(held)
    this.inbox.clear()
    this.people.clear()
    this.registers.clear()
    this.threadMarks.clear()
    this.personal.clear()
    this.#erasures.clear()
    if (!keep.outbox) {
      this.outbox.clear()
      this.changes.clear()
    }
    this.#changed([...this.#held.keys()])
  }

  #makeHeld(conversation: ConversationId): HeldConversation {
    const log = new Log(conversation, {
      store: this.#deps.environment.store,
      fetchSegment: (id, segment) => this.#fetchSegment(id, segment),
      fetchEntries: (id, first, last) => this.#fetchEntries(id, first, last),
      fetchAnnotations: (id, segment) => void this.#fetchAnnotations(id, segment).catch(this.#deps.environment.report),
    })
    log.raiseHead(this.inbox.row(conversation)?.head ?? NO_ENTRY)
    const held: HeldConversation = { log, view: null, receipts: new Map(), gone: null, loaded: Promise.resolve(), pinsChanged: 0, holders: 0, listeners: new Set() }
    held.loaded = this.#loadHeld(conversation, held)
    return held
  }

  async #loadHeld(conversation: ConversationId, held: HeldConversation): Promise<void> {
    const { store } = this.#deps.environment
    const stored = StoredView.safeParse(await store.get('views', conversation))
    if (stored.success) {
      const { view, receipts } = stored.data
      held.view ??= view
      held.log.raiseHead(view.head)
      this.applyReceipts(conversation, receipts)
    }
    await held.log.loadStored(held.log.head - OPEN_WITH + 1, held.log.head)
    this.#changed([conversation])
  }

  /** They are durable here: only now their authors may be told so. */
  async #raiseDelivered(conversation: ConversationId, entries: readonly Entry[], me: UserId): Promise<void> {
    const delivered = entries.findLast((entry) => entry.author !== me)?.seq ?? NO_ENTRY
    await this.registers.raise(conversation, { delivered, read: NO_ENTRY })
  }

  async #fetchSegment(conversation: ConversationId, number: number): Promise<readonly Entry[] | null> {
    const era = this.#era
    const answer = await this.#deps.api.segment(conversation, number)
    if (!answer.ok || era !== this.#era) return null
    const entries = decodeSegment(number, answer.value)
    await this.ingest(conversation, entries, { number, bytes: answer.value })
    return entries
  }

  async #fetchEntries(conversation: ConversationId, first: number, last: number): Promise<readonly Entry[] | null> {
    const answer = await this.#deps.api.entries(conversation, { before: last + 1, limit: last - first + 1 })
    if (!answer.ok) return null
    await this.ingest(conversation, answer.value.entries)
    return answer.value.entries
  }

  /** What was said about a segment's messages after it was full, as far as this device does not know it. */
  async #fetchAnnotations(conversation: ConversationId, segment: number): Promise<void> {
    const era = this.#era
    const known = AnnotationsKnown.safeParse(await this.#deps.environment.store.get('annotations', annotationsKnownKey(conversation, segment)))
    let after = known.success ? known.data.upTo : NO_ENTRY
    for (;;) {
      const answer = await this.#deps.api.annotations(conversation, segment, { after })
      if (era !== this.#era) return
      // Asked again when the connection is back.
      if (!answer.ok) return
      const { entries, upTo, more } = answer.value
      this.#held.get(conversation)?.log.annotate(entries)
      this.people.need(new Set(entries.map((entry) => entry.author)))
      after = upTo
      const progress: StoreWrite = { type: 'put', table: 'annotations', key: annotationsKnownKey(conversation, segment), value: { upTo } }
      await this.#deps.writer.write([...putAnnotations(conversation, entries), progress])
      if (entries.length > 0) this.#changed([conversation])
      if (!more) return
    }
  }

  /** The row as the log on this device goes on after it. */
  #withEntries(row: InboxRow): InboxRow {
    const log = this.#held.get(row.conversation)?.log
    const moved = movedOn(row, log?.after(row.head) ?? [], this.#deps.me())
    return moved === row ? row : withCalls(moved, log, this.#deps.me())
  }

  #withOwnRegister(row: InboxRow): InboxRow {
    const { read } = this.registers.of(row.conversation)
    return read <= row.read ? row : readTo(row, read, this.#held.get(row.conversation)?.log, this.#deps.me())
  }

  #itemOf(row: InboxRow) {
    const { conversation } = row
    return inboxItem(row, {
      peer: row.peer === undefined ? null : this.people.known(row.peer),
      outbox: this.outbox.of(conversation),
      ...unreadAgain(this.personal, conversation),
      pinnedAt: this.personal.get('pins', conversation),
      muting: this.mutes.of(conversation),
      archivedAt: this.personal.get('archived', conversation),
      draft: this.personal.draft(conversation),
      threadRead: (root) => this.threadMarks.of(conversation, root),
      threadMuting: (root) => this.mutes.ofThread(conversation, root),
      threadsLeft: this.changes.left(conversation),
    })
  }

  #changesChanged(changes: readonly Change[]): void {
    this.#changed([...new Set(changes.flatMap((change) => (change.type === 'follow' ? [change.conversation] : [])))])
    this.#deps.changesChanged()
  }

  #registerChanged(conversation: ConversationId): void {
    this.#changed([conversation])
    this.#deps.registersChanged()
  }

  /** Drafts, pins, mutes and what was saved: of whichever conversation. */
  #personalChanged(): void {
    this.saved.invalidate()
    this.inbox.changed('all')
    this.#changed([...this.#held.keys()])
  }

  #changed(conversations: readonly ConversationId[]): void {
    this.inbox.changed(conversations)
    for (const conversation of conversations) {
      const held = this.#held.get(conversation)
      if (held === undefined) continue
      held.log.raiseHead(this.inbox.row(conversation)?.head ?? NO_ENTRY)
      for (const listener of held.listeners) listener()
    }
  }
}

const NO_ENTRY = Seq.parse(0)

/** As many of the last entries as a screen shows at first. */
const OPEN_WITH = 50

/** A whole segment, with stubs for what this device knows to be erased. */
function without({ number }: { number: number }, entries: readonly Entry[]): { number: number; bytes: Uint8Array } {
  return { number, bytes: encodeSegment(number, entries) }
}

function isAboutPins({ kind }: Entry): boolean {
  return kind === 'pin' || kind === 'erase'
}

function peopleIn(entry: Entry): UserId[] {
  return entry.kind === 'event' ? [entry.author, ...usersNamedBy(entry.body)] : [entry.author]
}

function empty(held: HeldConversation): void {
  held.log.forget()
  held.view = null
  held.receipts = new Map()
}

function receiptList(held: HeldConversation | undefined): UserReceipt[] | null {
  return held === undefined ? null : [...held.receipts].map(([user, receipt]) => ({ user, ...receipt }))
}

/** What several holders share of one conversation. */
export type HeldConversation = {
  log: Log
  view: ConversationView | null
  receipts: ReadonlyMap<UserId, Receipt>
  /** Why it is not ours any more. */
  gone: string | null
  /** Resolves when what the store holds of its end is in memory. */
  loaded: Promise<void>
  /** How often something was pinned, taken down or erased. */
  pinsChanged: number
  holders: number
  listeners: Set<() => void>
}

type ReplicaDeps = {
  environment: Environment
  api: Api
  writer: StoreWriter
  post: (fact: Fact) => void
  /** Whose replica it is; asked only while somebody is signed in. */
  me: () => UserId
  /** An inbox row that came to life but is not on this device. */
  departed: (conversation: ConversationId) => Promise<void>
  rowMissing: (conversation: ConversationId) => void
  registersChanged: () => void
  /** What the person set waits, or does not wait any more. */
  changesChanged: () => void
}
