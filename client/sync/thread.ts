// The thread of one message on screen: its replies as the log and the outbox of this device have them, what is new in it, and
// what the person does there. It is shown from what was said about its root, wherever that stands in the log.

import type { ReplyContent } from '../../shared/conversation/entry.ts'
import { calledAt } from '../../shared/conversation/mentions.ts'
import type { ThreadStanding } from '../../shared/conversation/thread.ts'
import { rangeOf, segmentOf } from '../../shared/conversation/segment.ts'
import type { ConversationId, EntryId, UserId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import { messageKey, threadKey } from '../../shared/personal/document.ts'
import { refusal } from '../../shared/protocol/refusal.ts'
import type { Api } from './api.ts'
import { Draft } from './draft.ts'
import type { Mark, Outcome, Thread, ThreadState, TimelineItem } from './engine.ts'
import type { Environment } from './environment.ts'
import { Items } from './items.ts'
import { markOf, reached } from './marks.ts'
import { keptMute } from './mutes.ts'
import type { Derived } from './readable.ts'
import { createCell, createDerived } from './readable.ts'
import type { OutboxRecord } from './records.ts'
import type { PendingChanges } from './pendingChanges.ts'
import { standingAfter } from './pendingChanges.ts'
import { StoredStanding, standingKey } from './records.ts'
import type { HeldConversation, Replica } from './replica.ts'
import type { OpenTimeline } from './timeline.ts'

export class OpenThread implements Thread {
  readonly root: EntryId
  readonly state: Derived<ThreadState>
  readonly draft: Derived<string>
  readonly typing = createCell<readonly UserId[]>([])
  readonly #deps: ThreadDeps
  readonly #held: HeldConversation
  readonly #items: Items
  readonly #draft: Draft
  readonly #changed = () => {
    this.#noteChosen()
    this.#heedCall()
    this.#invalidate()
  }
  /** Whether to follow, as the person chose and the server does not know yet. */
  #chosen: ReturnType<PendingChanges['following']> = null
  #standing: ThreadStanding | null = null
  /** The first reply of others that was new when the thread was opened. */
  #firstUnread: EntryId | null = null
  /** The own mark when it was opened: shown, it is soon read. */
  #markAtOpen: Seq | null = null
  #phase: 'loading' | 'loaded' = 'loading'
  /** How much of the conversation was there when this person left the thread. */
  #leftAt: Seq = NONE
  #opens = 0

  constructor(root: EntryId, deps: ThreadDeps) {
    this.root = root
    this.#deps = deps
    const { replica, conversation, environment, me } = deps
    this.#held = replica.hold(conversation, this.#changed)
    this.#items = new Items(me, 'reply')
    this.#draft = new Draft({ ...environment, personal: replica.personal, key: messageKey(conversation, root) })
    this.draft = this.#draft.text
    this.state = createDerived((before) => this.#compute(before))
    this.#noteMark()
    this.#noteChosen()
    this.refresh()
  }

  opened(): this {
    this.#opens += 1
    return this
  }

  close(): void {
    if (this.#opens === 0) return
    this.#opens -= 1
    if (this.#opens > 0) return
    this.setTyping(false)
    this.flushDraft().catch(this.#deps.environment.report)
    this.#deps.replica.release(this.#deps.conversation, this.#changed)
    this.#deps.closed()
  }

  /** Now, and whenever a connection came: what it lacks is asked for. */
  refresh(): void {
    this.#load().catch(this.#deps.environment.report)
  }

  async reply(content: ReplyContent): Promise<EntryId> {
    const id = await this.#deps.write(content)
    // Whoever replies follows, also who left without the server knowing.
    await this.#deps.replica.changes.drop(({ change }) => change.type === 'follow' && change.root === this.root && !change.on)
    if (this.#standing !== null && !this.#standing.following) this.#standing = { ...this.#standing, following: true }
    this.#invalidate()
    return id
  }

  async markRead(seq: Seq): Promise<void> {
    const root = this.#held.log.seqOf(this.root)
    if (root === undefined || !this.#isFollowing()) return
    await this.#deps.replica.threadMarks.raise(this.#deps.conversation, root, seq)
  }

  async follow(on: boolean): Promise<Outcome<void>> {
    const root = this.#held.log.seqOf(this.root)
    if (root === undefined) return { ok: false, refusal: refusal('not-found', 'This message is not here yet. Try again in a moment.') }
    // What this device knows by now draws nobody in again who leaves.
    if (!on) this.#leftAt = this.#held.log.head
    await this.#deps.replica.changes.set([{ type: 'follow', conversation: this.#deps.conversation, root: this.root, at: root, on, read: this.#held.log.head }])
    return { ok: true, value: undefined }
  }

  async setMuted(until: number | null): Promise<void> {
    await this.#setPersonal('threadMutes', keptMute(until))
  }

  async setSilenced(on: boolean): Promise<void> {
    await this.#setPersonal('threadsSilenced', on ? 1 : undefined)
  }

  setTyping(on: boolean): void {
    this.#deps.setTyping(on)
  }

  setDraft(text: string): Promise<void> {
    return this.#draft.set(text)
  }

  flushDraft(): Promise<void> {
    return this.#draft.flush()
  }

  async #setPersonal(root: 'threadMutes' | 'threadsSilenced', value: number | string | undefined): Promise<void> {
    const seq = this.#held.log.seqOf(this.root)
    // It is offered where the thread is shown, whose message is here then.
    if (seq !== undefined) await this.#deps.replica.personal.set(root, threadKey(this.#deps.conversation, seq), value)
  }

  async #load(): Promise<void> {
    const { timeline, conversation, environment, api } = this.#deps
    const { log, loaded } = this.#held
    await loaded
    const stored = StoredStanding.safeParse(await environment.store.get('views', standingKey(conversation, this.root))).data
    this.#standing ??= stored?.standing ?? null
    const index = stored === undefined ? await timeline.indexOf(this.root) : stored.root - 1
    if (index !== null) {
      await timeline.load(index, index + 1)
      this.#noteMark()
      const root = Seq.parse(index + 1)
      // What was said in its own segment stands in that; what came later, beside it.
      await log.load(root, rangeOf(segmentOf(root)).last)
      const before = this.#standing
      const answer = await api.threadStanding(conversation, root)
      // What the person chose meanwhile is newer.
      if (answer.ok && this.#standing === before) await this.#keep(root, answer.value)
      if (this.#phase === 'loading') this.#firstUnread = this.#newIn(root, this.#markAtOpen ?? NONE)[0]?.id ?? null
    }
    this.#phase = 'loaded'
    this.#invalidate()
  }

  /** The server has what was chosen, unless it refused it: then it is as it was before. */
  #noteChosen(): void {
    const { changes } = this.#deps.replica
    const before = this.#chosen
    this.#chosen = changes.following(this.#deps.conversation, this.root)
    if (before === null || this.#chosen !== null || changes.isRefused(before)) return
    this.#standing = standingAfter(before)
  }

  #noteMark(): void {
    const root = this.#held.log.seqOf(this.root)
    if (root !== undefined) this.#markAtOpen ??= this.#deps.replica.threadMarks.of(this.#deps.conversation, root)
  }

  async #keep(root: Seq, standing: ThreadStanding): Promise<void> {
    this.#standing = standing
    this.#invalidate()
    await this.#deps.replica.writer.write([{ type: 'put', table: 'views', key: standingKey(this.#deps.conversation, this.root), value: { root, standing } }])
  }

  #compute(before: ThreadState | undefined): ThreadState {
    const { log } = this.#held
    const { timeline, replica, conversation } = this.#deps
    const seq = log.seqOf(this.root)
    const root = seq === undefined ? undefined : timeline.at(seq - 1)
    // Its segment may have left memory while the person scrolled far away: what is shown stays until it is back.
    if (seq === undefined || root === undefined) return before?.state === 'ready' ? before : { state: this.#phase === 'loading' ? 'loading' : 'missing' }
    return {
      state: 'ready',
      root,
      replies: this.#replies(seq),
      following: this.#isFollowing(),
      ...replica.mutes.ofThread(conversation, seq),
      unread: this.#newIn(seq, replica.threadMarks.of(conversation, seq)).length,
      firstUnread: this.#firstUnread,
      last: this.#lastIn(seq),
    }
  }

  #replies(root: Seq): TimelineItem[] {
    const { log, view, receipts } = this.#held
    const { me, replica, conversation } = this.#deps
    const { replies } = log.annotationsOf(root)
    const there = new Set(replies.map(({ id }) => id))
    const waiting = Map.groupBy(
      replica.outbox.of(conversation).filter(({ entry }) => entry.kind !== 'message' && !there.has(entry.id) && log.seqOf(entry.id) === undefined),
      // A message was filtered out.
      ({ entry }) => (entry.kind === 'message' ? entry.id : entry.body.of),
    )
    // Who has read the conversation has not read its threads.
    const others = { ...reached(view?.members ?? [], receipts, me), read: 0 }
    const own = (waiting.get(this.root) ?? []).filter(({ entry }) => entry.kind === 'reply').toSorted(byPlace)
    const shown = (entry: OutboxRecord['entry'] | (typeof replies)[number], author: UserId, mark: Mark, seq: Seq) =>
      this.#items.of({ entry, author, mark, folded: log.annotationsOf(seq, root), waiting: waiting.get(entry.id) ?? NO_RECORDS, hidden: this.#deps.isHidden(entry.id), saved: this.#deps.isSaved(entry.id) })
    return [
      ...replies.map((reply) => shown(reply, reply.author, markOf(reply.seq, reply.author === me, others), reply.seq)),
      ...own.map(({ entry, author, state }) => shown(entry, author, state.state === 'stored' ? markOf(state.seq, true, others) : state, state.state === 'stored' ? state.seq : NONE)),
    ]
  }

  #newIn(root: Seq, marked: Seq) {
    if (!this.#isFollowing()) return []
    const { replies } = this.#held.log.annotationsOf(root)
    const { me } = this.#deps
    // Whoever replies has read what they reply to.
    const answered = replies.findLast(({ author }) => author === me)?.seq ?? NONE
    const read = Math.max((this.#chosen === null ? this.#standing : standingAfter(this.#chosen))?.read ?? 0, marked, answered)
    return replies.filter(({ seq, author }) => author !== me && (seq > read || this.#calledAt(seq, root, author) > read))
  }

  /** The last reply, or what called this person after it. */
  #lastIn(root: Seq): Seq {
    const { replies } = this.#held.log.annotationsOf(root)
    return replies.reduce<Seq>((last, { seq, author }) => [seq, this.#calledAt(seq, root, author)].reduce<Seq>((a, b) => (b > a ? Seq.parse(b) : a), last), NONE)
  }

  #calledAt(reply: Seq, root: Seq, author: UserId): Seq | 0 {
    return calledAt(this.#held.log.saidOf(reply, root), author, this.#deps.me)
  }

  /** Until the server was asked: whoever wrote in it does. */
  #isFollowing(): boolean {
    if (this.#chosen !== null) return this.#chosen.on
    const { log } = this.#held
    const { me } = this.#deps
    if (this.#standing !== null) return this.#standing.following
    const seq = log.seqOf(this.root)
    if (seq === undefined) return false
    return log.at(seq)?.author === me || log.annotationsOf(seq).replies.some(({ author }) => author === me)
  }

  /** Whoever is called in a thread follows it: the list of conversations says so before anybody asks. */
  #heedCall(): void {
    const root = this.#held.log.seqOf(this.root)
    if (root === undefined || this.#standing === null || this.#standing.following) return
    const news = this.#deps.replica.inbox.row(this.#deps.conversation)?.threads.find((thread) => thread.root === root)
    if (news !== undefined && news.last > this.#leftAt) this.#standing = { ...this.#standing, following: true }
  }

  #invalidate(): void {
    this.state.invalidate()
    this.draft.invalidate()
  }
}

/** What the server holds stands before what waits, each in its order. */
function byPlace(a: OutboxRecord, b: OutboxRecord): number {
  const [one, other] = [a, b].map(({ state }) => (state.state === 'stored' ? state.seq : Infinity)) as [number, number] // as many as the pair
  return one === other ? a.order - b.order : one - other
}

const NONE = Seq.parse(0)
const NO_RECORDS: readonly OutboxRecord[] = []

type ThreadDeps = {
  api: Api
  environment: Environment
  replica: Replica
  conversation: ConversationId
  timeline: OpenTimeline
  me: UserId
  /** Deleted by this person, for themselves alone. */
  isHidden: (id: EntryId) => boolean
  /** For later, by this person alone. */
  isSaved: (id: EntryId) => boolean
  write: (content: ReplyContent) => Promise<EntryId>
  setTyping: (on: boolean) => void
  closed: () => void
}
