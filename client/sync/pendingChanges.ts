// What the person set on this device and the server is not known to have: their profile and picture, whom they block, threads
// they follow, reports. Durable before it is shown, in memory in every tab; the leader sends it (changeSender.ts).
//
//   set ──▶ pending ──▶ the server has it: gone from here        refused for good: shown no more, kept until the person was told
//              └─ set again: the last counts

import type { ThreadStanding } from '../../shared/conversation/thread.ts'
import type { ConversationId, EntryId, PictureId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import type { Refusal } from '../../shared/protocol/refusal.ts'
import { isNewer, keyOf } from './changeRules.ts'
import type { ChangesState } from './engine.ts'
import type { Fact } from './facts.ts'
import type { Cell } from './readable.ts'
import { createCell } from './readable.ts'
import type { Change } from './records.ts'
import { PendingChange, changeKey, standingKey } from './records.ts'
import type { ReplicaStore, StoreWrite } from './replicaStore.ts'
import { AFTER_LAST_KEY, FIRST_KEY } from './replicaStore.ts'
import type { StoreWriter } from './storeWriter.ts'

export class PendingChanges {
  readonly state: Cell<ChangesState> = createCell(NOTHING)
  readonly #deps: PendingChangesDeps
  /** By what they are about. */
  readonly #records = new Map<string, PendingChange>()
  #lastOrder = 0
  /** What left while the store was being read, so that a stale read does not bring it back. */
  readonly #removedMeanwhile = new Set<string>()
  /** Where the picture that was set last is drawn from: the server may not have it yet. */
  #picture: { id: PictureId; address: string } | null = null

  constructor(deps: PendingChangesDeps) {
    this.#deps = deps
  }

  /** Reads what an earlier life, or a leader that died, left behind, and adds what is not known here yet. */
  async load(): Promise<void> {
    this.#removedMeanwhile.clear()
    const stored = await this.#deps.store.range('changes', FIRST_KEY, AFTER_LAST_KEY)
    const records = stored.map(({ value }) => PendingChange.parse(value))
    const known = new Set([...this.#removedMeanwhile, ...[...this.#records.values()].map(({ id }) => id)])
    this.apply(records.filter(({ id }) => !known.has(id)), [])
  }

  /** Resolves when they are durable; only then they are shown. Rejects when this device cannot hold them. */
  async set(changes: readonly Change[]): Promise<void> {
    const put = changes.map((change): PendingChange => ({ id: this.#deps.newId(), order: ++this.#lastOrder, change, state: { state: 'pending' } }))
    await this.#deps.writer.write(put.map(putting), 'strict')
    this.apply(put, [])
    this.#deps.post({ type: 'changes', put, removed: [] })
  }

  /** What is to be sent, in order of changing. */
  pending(): readonly PendingChange[] {
    return [...this.#records.values()].filter(({ state }) => state.state === 'pending').toSorted((a, b) => (isNewer(a, b) ? 1 : -1))
  }

  /** Receipts that were told stay told: none are before the server knows from whom they are to be kept. */
  keepsToOneself(): boolean {
    return this.state.get().pending.some((change) => (change.type === 'block' && change.on) || (change.type === 'profile' && change.change.privacy?.privateReceipts === true))
  }

  /** What the person chose of a thread and the server does not know. */
  following(conversation: ConversationId, root: EntryId): Following | null {
    const record = this.#records.get(`follow/${conversation}/${root}`)
    return record?.state.state === 'pending' && record.change.type === 'follow' ? record.change : null
  }

  isRefused(change: Change): boolean {
    return this.#records.get(keyOf(change))?.state.state === 'refused'
  }

  /** Where the roots stand of the threads that the person left. */
  left(conversation: ConversationId): ReadonlySet<Seq> {
    return new Set(this.pending().flatMap(({ change }) => (change.type === 'follow' && change.conversation === conversation && !change.on ? [change.at] : [])))
  }

  /** What the server says of a thread now that it knows what was chosen: the same, unless another device chose since. */
  async heard(record: PendingChange, change: Following, { following: on, read }: ThreadStanding): Promise<PendingChange> {
    // Chosen anew meanwhile: that one is shown.
    if (this.#records.get(keyOf(change))?.id !== record.id) return record
    const heard: PendingChange = { ...record, change: { ...change, on, read } }
    this.apply([heard], [])
    await this.#deps.writer.write([puttingStanding({ ...change, on, read })])
    this.#deps.post({ type: 'changes', put: [heard], removed: [] })
    return heard
  }

  /** The server has them, and what it said since is known here. */
  async done(records: readonly PendingChange[]): Promise<void> {
    const standings = records.flatMap(({ change }): StoreWrite[] => (change.type === 'follow' ? [puttingStanding(change)] : []))
    await this.#remove(records, standings)
  }

  /** For good: what is shown goes back to what the server says. */
  async refuse(record: PendingChange, refusal: Refusal): Promise<void> {
    // Set anew meanwhile: that one is asked next.
    if (this.#records.get(keyOf(record.change))?.id !== record.id) return
    const refused: PendingChange = { ...record, state: { state: 'refused', refusal } }
    await this.#deps.writer.write([putting(refused)])
    this.apply([refused], [])
    this.#deps.post({ type: 'changes', put: [refused], removed: [] })
  }

  /** Taken back before it was sent, or the person was told that it was refused. */
  async drop(isMeant: (record: PendingChange) => boolean): Promise<void> {
    await this.#remove([...this.#records.values()].filter(isMeant), [])
  }

  /** Of a picture that was set here; null: the server has it. */
  pictureAddress(id: PictureId): string | null {
    return this.#picture?.id === id ? this.#picture.address : null
  }

  /** Also how other tabs tell what they changed. */
  apply(put: readonly PendingChange[], removed: readonly string[]): void {
    const superseded: PendingChange[] = []
    for (const record of put) {
      const before = this.#records.get(keyOf(record.change)) ?? record
      const [older, newer] = isNewer(before, record) ? [record, before] : [before, record]
      if (older.id !== newer.id) superseded.push(older)
      this.#records.set(keyOf(record.change), newer)
      this.#lastOrder = Math.max(this.#lastOrder, record.order)
    }
    const gone = [...this.#records.values()].filter(({ id }) => removed.includes(id))
    for (const { change } of gone) this.#records.delete(keyOf(change))
    for (const id of removed) this.#removedMeanwhile.add(id)
    // Two tabs may have set it in the same moment: whichever learns of both tidies up.
    if (superseded.length > 0) this.#deps.writer.write(superseded.map(deletion)).catch(this.#deps.report)
    if (put.length + gone.length > 0) this.#changed([...put, ...gone])
  }

  /** Memory only; the store is wiped by whoever calls. */
  clear(): void {
    const gone = [...this.#records.values()]
    this.#records.clear()
    this.#drawPicture(null)
    if (gone.length > 0) this.#changed(gone)
  }

  async #remove(records: readonly PendingChange[], more: readonly StoreWrite[]): Promise<void> {
    if (records.length === 0) return
    const removed = records.map(({ id }) => id)
    this.apply([], removed)
    await this.#deps.writer.write([...records.map(deletion), ...more])
    this.#deps.post({ type: 'changes', put: [], removed })
  }

  #changed(records: readonly PendingChange[]): void {
    const pending = this.pending().map(({ change }) => change)
    for (const change of pending) if (change.type === 'picture') this.#drawPicture(change.picture)
    const refused = [...this.#records.values()].flatMap(({ id, change, state }) => (state.state === 'refused' ? [{ id, change, refusal: state.refusal }] : []))
    this.state.set({ pending, refused })
    this.#deps.changed(records.map(({ change }) => change))
  }

  /** Kept when the server has it: whoever draws it does not ask anew. */
  #drawPicture(picture: (Change & { type: 'picture' })['picture']): void {
    if (this.#picture?.id === picture?.id) return
    if (this.#picture !== null) URL.revokeObjectURL(this.#picture.address)
    this.#picture = picture === null ? null : { id: picture.id, address: URL.createObjectURL(new Blob([picture.bytes], { type: picture.type })) }
  }
}

const NOTHING: ChangesState = { pending: [], refused: [] }

type PendingChangesDeps = {
  store: ReplicaStore
  writer: StoreWriter
  newId: () => string
  post: (fact: Fact) => void
  changed: (changes: readonly Change[]) => void
  report: (error: unknown) => void
}

function putting(record: PendingChange): StoreWrite {
  return { type: 'put', table: 'changes', key: changeKey(record), value: record }
}

function deletion(record: PendingChange): StoreWrite {
  return { type: 'delete', table: 'changes', key: changeKey(record) }
}

function puttingStanding(change: Following): StoreWrite {
  return { type: 'put', table: 'views', key: standingKey(change.conversation, change.root), value: { root: change.at, standing: standingAfter(change) } }
}

/** How the person stands to a thread when the server knows what they chose. */
export function standingAfter({ on, read }: Following): ThreadStanding {
  return { following: on, read: on ? read : NO_REPLY }
}

const NO_REPLY = Seq.parse(0)

type Following = Change & { type: 'follow' }
