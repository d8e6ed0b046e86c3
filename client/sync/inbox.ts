// The inbox on this device: rows as the server sent them, moved on by what arrives live, and joined with own registers.
// Pages come by cursor, newest first; after a reconnect only what was touched since.

import type { Entry } from '../../shared/conversation/entry.ts'
import { calledAt } from '../../shared/conversation/mentions.ts'
import type { Departure, InboxRow, LastEntry } from '../../shared/conversation/inbox.ts'
import { previewOf } from '../../shared/conversation/inbox.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { INBOX_FIRST_ROWS } from '../../shared/limits.ts'
import type { Activity, Person } from '../../shared/protocol/messages.ts'
import { isQuiet } from './annotations.ts'
import type { Api } from './api.ts'
import type { InboxItem, InboxState } from './engine.ts'
import type { Timers } from './environment.ts'
import type { Fact } from './facts.ts'
import { compareItems, sameItem } from './inboxItem.ts'
import type { Derived } from './readable.ts'
import { createDerived } from './readable.ts'
import { InboxProgress, InboxRow as StoredRow } from './records.ts'
import type { ReplicaStore, StoreWrite } from './replicaStore.ts'
import { AFTER_LAST_KEY, FIRST_KEY } from './replicaStore.ts'
import type { StoreWriter } from './storeWriter.ts'

/**
 * A notice may overtake another with an earlier `touched`, so a reconnect asks for a little more than it seems to need;
 * a row that comes twice changes nothing.
 */
const OVERLAP_MS = 10_000

/** Longer than between two notices. */
const ASK_AFTER_MS = 1_000

export class Inbox {
  readonly state: Derived<InboxState>
  readonly #deps: InboxDeps
  readonly #rows = new Map<ConversationId, InboxRow>()
  readonly #items = new Map<ConversationId, InboxItem>()
  /** Whose items have to be made anew; `all` when what changed may concern any. */
  #stale: Set<ConversationId> | 'all' = 'all'
  #progress: InboxProgress = { since: null, older: null }
  #loadingMore: Promise<void> | null = null
  /** Whose notice and row did not meet, so that what is quiet and who is mentioned is a guess. */
  readonly #unsure = new Set<ConversationId>()
  #askingLater: (() => void) | null = null

  constructor(deps: InboxDeps) {
    this.#deps = deps
    this.state = createDerived((before) => this.#computeState(before))
  }

  async load(): Promise<void> {
    const progress = InboxProgress.safeParse(await this.#deps.store.get('profile', 'inbox'))
    if (progress.success) this.applyProgress(progress.data)
    const stored = await this.#deps.store.range('inbox', FIRST_KEY, AFTER_LAST_KEY)
    this.apply(stored.map(({ value }) => StoredRow.parse(value)))
  }

  /** Up to when everything is known; null before the first answer. */
  get since(): number | null {
    return this.#progress.since
  }

  row(conversation: ConversationId): InboxRow | undefined {
    return this.#rows.get(conversation)
  }

  /**
   * The leader, on each connection: the first page on a new device, else what was touched since, and what this person was
   * taken out of meanwhile. False: no answer, ask again.
   */
  async sync(): Promise<boolean> {
    const { since } = this.#progress
    if (since === null) return this.#readPage({ limit: INBOX_FIRST_ROWS })
    let latest = since
    let cursor: string | undefined
    do {
      const answer = await this.#deps.api.inbox({ since: Math.max(0, since - OVERLAP_MS), ...(cursor === undefined ? {} : { cursor }) })
      // The next try begins at the same place.
      if (!answer.ok) return false
      latest = Math.max(latest, ...answer.value.rows.map((row) => row.touched))
      await Promise.all([this.learn(answer.value.rows), this.#deps.learnPeople(answer.value.people)])
      for (const departure of answer.value.departed) if (!this.#isBack(departure)) await this.#deps.departed(departure.conversation)
      cursor = answer.value.cursor
    } while (cursor !== undefined)
    await this.#keepProgress({ ...this.#progress, since: latest })
    return true
  }

  loadMore(): Promise<void> {
    const { since, older } = this.#progress
    if (since === null || older === null) return Promise.resolve()
    this.#loadingMore ??= this.#readMore(older)
    return this.#loadingMore
  }

  /** Rows as the server sent them. */
  async learn(rows: readonly InboxRow[]): Promise<void> {
    for (const row of rows) this.#deps.serverRead(row)
    await this.#keep(rows.map((row) => this.#deps.withOwnRegister(notBehind(this.#deps.withEntries(row), this.#rows.get(row.conversation)))))
  }

  async active(items: readonly Activity[]): Promise<void> {
    if (items.some(({ erased }) => erased)) this.#deps.erased()
    const rows = items.flatMap(({ conversation, since, head, last, quiet, mentions = 0, touched }) => {
      const row = this.#rows.get(conversation)
      // Not a row of the pages read so far: it comes to the top now, so it is asked for.
      if (row === undefined) this.#deps.rowMissing(conversation)
      if (row === undefined || head <= row.head) return []
      const fresh = head - row.head
      if (since !== row.head) this.#unsure.add(conversation)
      if (this.#unsure.has(conversation)) this.#askLater()
      const counted = { quiet: row.quiet + Math.min(quiet, fresh), mentions: row.mentions + Math.min(mentions, fresh) }
      return [this.#deps.withOwnRegister({ ...row, head, ...(last === undefined ? {} : { last }), ...counted, touched })]
    })
    await this.#keep(rows)
  }

  /** When it has become quiet: an answer in the middle of a burst would not fit the next notice either. */
  #askLater(): void {
    this.#askingLater?.()
    this.#askingLater = this.#deps.timers.after(ASK_AFTER_MS, () => {
      // One answer brings all that was touched.
      const [one] = this.#unsure
      this.#unsure.clear()
      if (one !== undefined) this.#deps.rowMissing(one)
    })
  }

  stop(): void {
    this.#askingLater?.()
  }

  /** Entries of a conversation on screen bring no notice: the row follows them. The write is for the caller's batch. */
  arrived(conversation: ConversationId, entries: readonly Entry[], me: UserId): { writes: StoreWrite[]; rows: InboxRow[] } {
    const row = this.#rows.get(conversation)
    const moved = row === undefined ? undefined : movedOn(row, entries, me)
    if (moved === undefined || moved === row) return { writes: [], rows: [] }
    const next = this.#deps.withCalls(this.#deps.withOwnRegister(moved))
    this.apply([next])
    return { writes: [put(next)], rows: [next] }
  }

  /** The own read mark moved. */
  async registerRaised(conversation: ConversationId): Promise<void> {
    const row = this.#rows.get(conversation)
    if (row === undefined) return
    const next = this.#deps.withOwnRegister(row)
    if (next !== row) await this.#keep([next])
  }

  /** Also how other tabs tell what they learned. */
  apply(rows: readonly InboxRow[]): void {
    for (const row of rows) this.#rows.set(row.conversation, row)
    if (rows.length === 0) return
    this.changed(rows.map((row) => row.conversation))
    this.#deps.changed(rows.map((row) => row.conversation))
  }

  /** Something that these rows show: the rows of all others stay as they are. */
  changed(conversations: readonly ConversationId[] | 'all'): void {
    if (conversations === 'all') this.#stale = 'all'
    else if (this.#stale !== 'all') for (const conversation of conversations) this.#stale.add(conversation)
    this.state.invalidate()
  }

  /** Of this tab or another. */
  applyProgress(progress: InboxProgress): void {
    this.#progress = progress
    this.state.invalidate()
  }

  forget(conversation: ConversationId): void {
    if (!this.#rows.delete(conversation)) return
    this.#items.delete(conversation)
    this.state.invalidate()
  }

  clear(): void {
    this.#rows.clear()
    this.#items.clear()
    this.applyProgress({ since: null, older: null })
    this.state.invalidate()
  }

  /** Taken in again since the server wrote this answer, and told so on the socket. */
  #isBack({ conversation, touched }: Departure): boolean {
    const row = this.#rows.get(conversation)
    return row !== undefined && row.touched > touched
  }

  async #readMore(cursor: string): Promise<void> {
    try {
      await this.#readPage({ cursor })
    } finally {
      this.#loadingMore = null
    }
  }

  async #readPage(query: { cursor?: string; limit?: number }): Promise<boolean> {
    const answer = await this.#deps.api.inbox(query)
    if (!answer.ok) return false
    const { rows, people, cursor } = answer.value
    await Promise.all([this.learn(rows), this.#deps.learnPeople(people)])
    const since = this.#progress.since ?? Math.max(0, ...rows.map((row) => row.touched))
    await this.#keepProgress({ since, older: cursor ?? null })
    return true
  }

  async #keep(rows: readonly InboxRow[]): Promise<void> {
    if (rows.length === 0) return
    this.apply(rows)
    await this.#deps.writer.write(rows.map(put))
    this.#deps.post({ type: 'rows', rows: [...rows] })
  }

  async #keepProgress(progress: InboxProgress): Promise<void> {
    this.applyProgress(progress)
    await this.#deps.writer.write([{ type: 'put', table: 'profile', key: 'inbox', value: progress }])
    this.#deps.post({ type: 'inbox-progress', progress })
  }

  #computeState(before: InboxState | undefined): InboxState {
    const complete = this.#progress.since !== null && this.#progress.older === null
    const changed = this.#makeItems()
    // Who watches is not told of nothing.
    if (before !== undefined && !changed && before.rows.length === this.#items.size) return before.complete === complete ? before : { ...before, complete }
    return { rows: [...this.#items.values()].toSorted(compareItems), complete }
  }

  /** Whether any is another one now. */
  #makeItems(): boolean {
    let changed = false
    for (const conversation of this.#stale === 'all' ? this.#rows.keys() : this.#stale) {
      const row = this.#rows.get(conversation)
      const item = row === undefined ? undefined : this.#deps.itemOf(row)
      const before = this.#items.get(conversation)
      if (item === undefined || (before !== undefined && sameItem(before, item))) continue
      this.#items.set(conversation, item)
      changed = true
    }
    this.#stale = new Set()
    return changed
  }
}

/** An answer over HTTP may have been overtaken by entries on the socket: then what this device knows of the entries stands. */
function notBehind(row: InboxRow, held: InboxRow | undefined): InboxRow {
  if (held === undefined || held.head <= row.head) return row
  const { head, last } = held
  const known = { ...row, head, ...(last === undefined ? {} : { last }) }
  if (row.read <= held.read) return { ...known, read: held.read, quiet: held.quiet, mentions: held.mentions }
  return { ...known, quiet: Math.min(held.quiet, head - row.read), mentions: Math.min(held.mentions, head - row.read) }
}

/** The row with the entries that come after its head; the same object if none does. Whom an edit calls, its message would have to say. */
export function movedOn(row: InboxRow, entries: readonly Entry[], me: UserId): InboxRow {
  const fresh = entries.filter(({ seq }) => seq > row.head)
  const head = fresh.at(-1)?.seq
  if (head === undefined) return row
  const last = lastOf(fresh, row.last)
  const mentions = row.mentions + fresh.filter((entry) => entry.kind === 'message' && calledAt([entry], entry.author, me) > 0).length
  return { ...row, head, mentions, quiet: row.quiet + fresh.filter((entry) => isQuiet(entry, me)).length, ...(last === undefined ? {} : { last }) }
}

/** The last message, with what these entries say: a newer one, or another text. */
function lastOf(entries: readonly Entry[], before: LastEntry | undefined): LastEntry | undefined {
  let last = before
  for (const entry of entries) {
    const { id, author, at } = entry
    if (entry.kind === 'message') last = { id, author, at, preview: previewOf(entry.body.text) }
    else if (entry.kind === 'erased') last = { id, author, at, preview: '', erased: true }
    else if (entry.kind === 'edit' && entry.body.of === last?.id && last.erased !== true) last = { ...last, preview: previewOf(entry.body.text) }
    else if (entry.kind === 'erase' && entry.body.of === last?.id) last = { ...last, preview: '', erased: true }
  }
  return last
}

function put(row: InboxRow): StoreWrite {
  return { type: 'put', table: 'inbox', key: row.conversation, value: row }
}

type InboxDeps = {
  api: Api
  timers: Timers
  store: ReplicaStore
  writer: StoreWriter
  post: (fact: Fact) => void
  changed: (conversations: readonly ConversationId[]) => void
  learnPeople: (people: readonly Person[]) => Promise<void>
  /** The row with the entries that are on this device already: on the socket they may come before the row does. */
  withEntries: (row: InboxRow) => InboxRow
  /** The row with whom the messages after its read mark call, if what is on this device says so. */
  withCalls: (row: InboxRow) => InboxRow
  /** The row with the own read register, if that is ahead of the server's; the same object if not. */
  withOwnRegister: (row: InboxRow) => InboxRow
  /** What the server knows to be read, perhaps on another device. */
  serverRead: (row: InboxRow) => void
  itemOf: (row: InboxRow) => InboxItem
  rowMissing: (conversation: ConversationId) => void
  /** In a conversation that nobody here follows. */
  erased: () => void
  departed: (conversation: ConversationId) => Promise<void>
}
