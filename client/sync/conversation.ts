// A conversation on screen: what the interface sees of the replica, and what the person does to it.

import type { Calling, MessageBody } from '../../shared/conversation/entry.ts'
import { NewEntry } from '../../shared/conversation/entry.ts'
import type { Member } from '../../shared/conversation/membership.ts'
import { DEFAULT_PERMISSIONS } from '../../shared/conversation/membership.ts'
import type { Receipt } from '../../shared/conversation/receipts.ts'
import type { ConversationId, EntryId, UserId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import { TYPING_MS, UNREAD_SCAN_MAX } from '../../shared/limits.ts'
import { messageKey } from '../../shared/personal/document.ts'
import { isQuiet } from './annotations.ts'
import type { Api } from './api.ts'
import { Draft } from './draft.ts'
import type { EntryReach } from '../../shared/protocol/api.ts'
import type { Conversation, ConversationState, Leftover, Outcome, Pinned, Readable } from './engine.ts'
import type { Environment } from './environment.ts'
import { unreadAgain, unreadOf } from './inboxItem.ts'
import { leftoversIn } from './leftovers.ts'
import type { Derived } from './readable.ts'
import { createCell, createDerived } from './readable.ts'
import { Pins } from './pins.ts'
import type { HeldConversation, Replica } from './replica.ts'
import { OpenThread } from './thread.ts'
import { OpenTimeline } from './timeline.ts'

export class OpenConversation implements Conversation {
  readonly id: ConversationId
  readonly state: Derived<ConversationState>
  readonly timeline: OpenTimeline
  readonly members: Derived<readonly Member[]>
  readonly receipts: Derived<ReadonlyMap<UserId, Receipt>>
  readonly leftovers: Derived<readonly Leftover[]>
  readonly typing = createCell<readonly UserId[]>(NO_TYPISTS)
  readonly draft: Derived<string>
  readonly pinned: Readable<Pinned>
  readonly #pins: Pins
  #pinsSeen = 0
  readonly #deps: ConversationDeps
  readonly #held: HeldConversation
  readonly #draft: Draft
  readonly #threads = new Map<EntryId, OpenThread>()
  /** Others, and where they write: each in one place at a time. */
  readonly #typists = new Map<UserId, { thread: EntryId | null; cancel: () => void }>()
  readonly #changed = () => {
    this.#invalidate()
    if (this.#held.pinsChanged === this.#pinsSeen) return
    this.#pinsSeen = this.#held.pinsChanged
    this.#refreshPins()
  }
  /** The own place, and when others were last told of it. */
  #typed: { thread: EntryId | null; at: number } | null = null
  #loaded = false
  #painting: PromiseWithResolvers<void> = Promise.withResolvers<void>()
  #painted = false
  #opens = 0

  constructor(id: ConversationId, deps: ConversationDeps) {
    this.id = id
    this.#deps = deps
    const { replica, me, environment } = deps
    this.#held = replica.hold(id, this.#changed)
    this.#pins = new Pins(id, { api: deps.api, store: environment.store, writer: replica.writer, learnPeople: (people) => replica.people.learn(people) })
    this.pinned = this.#pins.state
    this.timeline = new OpenTimeline({
      held: this.#held,
      replica,
      me,
      isSaved: (entry) => replica.personal.get('saved', messageKey(id, entry)) !== undefined,
      isHidden: (entry) => replica.personal.get('hidden', messageKey(id, entry)) !== undefined,
      painted: () => (deps.expectsPaint() ? this.#painting.promise : Promise.resolve()),
      find: async (entry) => {
        const answer = await deps.api.find(id, entry)
        return answer.ok ? answer.value.seq : null
      },
      report: environment.report,
    })
    this.state = createDerived((before) => sameOr(before, this.#computeState()))
    this.leftovers = createDerived(() => (this.state.get().state === 'gone' ? leftoversIn(replica.outbox.of(id)) : NOTHING_LEFT))
    this.members = createDerived(() => this.#held.view?.members ?? NOBODY)
    this.receipts = createDerived(() => this.#held.receipts)
    this.#draft = new Draft({ ...environment, personal: replica.personal, key: id })
    this.draft = this.#draft.text
    this.#held.loaded.then(() => this.#ready(), environment.report)
  }

  /** One holder more. */
  opened(): this {
    this.#opens += 1
    return this
  }

  close(): void {
    if (this.#opens === 0) return
    this.#opens -= 1
    if (this.#opens > 0) return
    if (this.#typed !== null) this.#setTyping(this.#typed.thread, false)
    this.flushDraft().catch(this.#deps.environment.report)
    for (const { cancel } of this.#typists.values()) cancel()
    this.#deps.replica.release(this.id, this.#changed)
    this.#painting.resolve()
    this.#deps.closed()
  }

  send(body: MessageBody): Promise<EntryId> {
    return this.#write({ kind: 'message', body })
  }

  async edit(of: EntryId, text: string, calling: Calling): Promise<void> {
    await this.#write({ kind: 'edit', body: { of, text, ...calling } })
  }

  async react(of: EntryId, emoji: string, on: boolean): Promise<void> {
    await this.#write({ kind: 'reaction', body: { of, emoji, on } })
  }

  async pin(of: EntryId, on: boolean): Promise<void> {
    await this.#write({ kind: 'pin', body: { of, on } })
  }

  async erase(of: EntryId): Promise<void> {
    await this.#write({ kind: 'erase', body: { of } })
  }

  async setSaved(ids: readonly EntryId[], saved: boolean): Promise<void> {
    const { replica } = this.#deps
    const seq = (id: EntryId) => this.#held.log.seqOf(id) ?? 0
    await Promise.all(ids.map((id) => replica.personal.set('saved', messageKey(this.id, id), saved ? seq(id) : undefined)))
  }

  async setHidden(ids: readonly EntryId[], hidden: boolean): Promise<void> {
    const { replica } = this.#deps
    await Promise.all(ids.map((id) => replica.personal.set('hidden', messageKey(this.id, id), hidden ? 1 : undefined)))
  }

  reach(id: EntryId): Promise<Outcome<EntryReach>> {
    return this.#deps.api.reach(this.id, id)
  }

  retry(id: EntryId): Promise<void> {
    return this.#deps.replica.outbox.retry(this.id, id)
  }

  discard(id: EntryId): Promise<void> {
    return this.#deps.replica.outbox.discard(this.id, id)
  }

  async markRead(seq: Seq): Promise<void> {
    const { replica } = this.#deps
    const head = Seq.parse(this.timeline.get().head)
    const read = seq > head ? head : seq
    await Promise.all([replica.personal.set('unreadFrom', this.id, undefined), replica.personal.set('unreadQuiet', this.id, undefined), replica.raiseRegister(this.id, { delivered: read, read })])
  }

  async markUnreadFrom(seq: Seq): Promise<void> {
    const { replica, me } = this.#deps
    const { log } = this.#held
    this.timeline.setFirstUnread(seq)
    const read = replica.inbox.row(this.id)?.read ?? log.head
    // Known here, where the messages are on screen, and nowhere else.
    const quiet = log.countQuiet(me, seq - 1, UNREAD_SCAN_MAX) - log.countQuiet(me, read, UNREAD_SCAN_MAX)
    await Promise.all([replica.personal.set('unreadFrom', this.id, seq), replica.personal.set('unreadQuiet', this.id, Math.max(0, quiet))])
  }

  setDraft(text: string): Promise<void> {
    return this.#draft.set(text)
  }

  async flushDraft(): Promise<void> {
    await Promise.all([this.#draft.flush(), ...[...this.#threads.values()].map((thread) => thread.flushDraft())])
  }

  openThread(root: EntryId): OpenThread {
    const known = this.#threads.get(root)
    if (known !== undefined) return known.opened()
    const { api, environment, replica, me } = this.#deps
    const isIn = (name: 'hidden' | 'saved') => (entry: EntryId) => replica.personal.get(name, messageKey(this.id, entry)) !== undefined
    const thread: OpenThread = new OpenThread(root, {
      api,
      environment,
      replica,
      conversation: this.id,
      timeline: this.timeline,
      me,
      isHidden: isIn('hidden'),
      isSaved: isIn('saved'),
      write: (body) => this.#write({ kind: 'reply', body: { of: root, ...body } }),
      setTyping: (on) => this.#setTyping(root, on),
      closed: () => this.#threads.delete(root),
    })
    this.#threads.set(root, thread)
    thread.typing.set(this.#typistsIn(root))
    return thread.opened()
  }

  setTyping(on: boolean): void {
    this.#setTyping(null, on)
  }

  /** Somebody else types, here or in a thread; lapses by itself unless renewed. */
  typed(user: UserId, on: boolean, thread: EntryId | null = null): void {
    const before = this.#typists.get(user)
    // From the place that was left already.
    if (!on && before?.thread !== thread) return
    before?.cancel()
    this.#typists.delete(user)
    if (on) this.#typists.set(user, { thread, cancel: this.#deps.environment.timers.after(TYPING_MS, () => this.typed(user, false, thread)) })
    this.typing.set(this.#typistsIn(null))
    for (const open of this.#threads.values()) open.typing.set(this.#typistsIn(open.root))
  }

  /** The first paint came, or was refused. */
  painted(): void {
    this.#painted = true
    this.#painting.resolve()
    this.#held.log.askAgain()
    for (const thread of this.#threads.values()) thread.refresh()
    this.#refreshPins()
    if (this.timeline.firstUnread === null) this.#findFirstUnread()
    this.#invalidate()
  }

  /** The connection came or went: what is waited for may have changed. */
  connectionChanged(): void {
    if (!this.#deps.expectsPaint()) {
      this.#painting.resolve()
      this.#painting = Promise.withResolvers()
      if (this.#painted) this.#painting.resolve()
    }
    this.#invalidate()
  }

  #setTyping(thread: EntryId | null, on: boolean): void {
    const now = this.#deps.environment.clock()
    const before = this.#typed?.thread === thread ? this.#typed : null
    if (!on && before === null) return
    // Renewed before it lapses, not with every key.
    if (on && before !== null && now - before.at < TYPING_MS / 2) return
    this.#typed = on ? { thread, at: now } : null
    this.#deps.setTyping(thread, on)
  }

  #typistsIn(thread: EntryId | null): readonly UserId[] {
    const there = [...this.#typists].flatMap(([user, place]) => (place.thread === thread ? [user] : []))
    return there.length === 0 ? NO_TYPISTS : there
  }

  async #write(content: DistributiveOmit<NewEntry, 'id' | 'at'>): Promise<EntryId> {
    const { environment, replica, me } = this.#deps
    const entry = NewEntry.parse({ id: environment.newId(), at: environment.clock(), ...content })
    await replica.outbox.add(this.id, me, entry)
    return entry.id
  }

  #refreshPins(): void {
    this.#pins.refresh().catch(this.#deps.environment.report)
  }

  #ready(): void {
    this.#pins.load().catch(this.#deps.environment.report)
    this.#loaded = true
    this.#findFirstUnread()
    this.#invalidate()
  }

  #findFirstUnread(): void {
    const { replica, me } = this.#deps
    const row = replica.inbox.row(this.id)
    if (row === undefined) return
    const again = unreadAgain(replica.personal, this.id)
    const from = again.unreadFrom
    if (unreadOf(row, again) === 0) return
    let seq = typeof from === 'number' && from <= row.read ? from : row.read + 1
    // Own entries are not news, wherever they were written, nor is what is shown elsewhere.
    for (let entry = this.#held.log.at(seq); entry !== undefined && isQuiet(entry, me); entry = this.#held.log.at(seq)) seq += 1
    if (seq <= Math.max(row.head, this.#held.log.head)) this.timeline.setFirstUnread(Seq.parse(seq))
  }

  #computeState(): ConversationState {
    const { replica, me } = this.#deps
    const row = replica.inbox.row(this.id)
    const { view, gone, log } = this.#held
    if (gone !== null && row === undefined) return { state: 'gone', words: gone }
    const known = row ?? view
    const drawn = log.head === 0 || log.at(log.head) !== undefined
    if (!this.#loaded || known === null || (!drawn && this.#deps.expectsPaint() && !this.#painted)) return { state: 'loading' }
    const peer = known.kind === 'direct' ? (row?.peer ?? view?.members.find(({ user }) => user !== me)?.user ?? null) : null
    return {
      state: 'ready',
      kind: known.kind,
      name: known.name,
      peer,
      role: known.role,
      memberCount: row?.members ?? view?.memberCount ?? 0,
      topic: view?.topic ?? '',
      picture: known.picture ?? null,
      permissions: view?.permissions ?? DEFAULT_PERMISSIONS,
      asking: row?.asking ?? null,
      banned: view?.banned ?? 0,
      isNew: row !== undefined && row.kind !== 'direct' && row.last === undefined,
      unread: row === undefined ? 0 : unreadOf(row, unreadAgain(replica.personal, this.id)),
    }
  }

  #invalidate(): void {
    this.state.invalidate()
    this.timeline.invalidate()
    this.leftovers.invalidate()
    this.members.invalidate()
    this.receipts.invalidate()
    this.draft.invalidate()
  }
}

const NOBODY: readonly Member[] = []
const NOTHING_LEFT: readonly Leftover[] = []
/** One object, so that who watches is not told of nothing. */
const NO_TYPISTS: readonly UserId[] = []

/** The one before, if nothing in it changed: who watches is not told of nothing. */
function sameOr(before: ConversationState | undefined, now: ConversationState): ConversationState {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now
}

type DistributiveOmit<T, Key extends PropertyKey> = T extends unknown ? Omit<T, Key> : never

type ConversationDeps = {
  api: Api
  environment: Environment
  replica: Replica
  me: UserId
  /** Is there a connection, or one being made, that will bring the first paint? */
  expectsPaint: () => boolean
  setTyping: (thread: EntryId | null, on: boolean) => void
  closed: () => void
}
