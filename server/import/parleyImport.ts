// From our own lines into the log, with every id as it was: what is exported, imported and exported again is the same.
// An export holds no passwords, so everyone in it comes in as a placeholder that can be claimed.
//
// Entries are written conversation by conversation, so that an inbox shows them in the order of the file, which is the
// order of their last messages.

import type { RestoredEntry } from '../../shared/conversation/entry.ts'
import { DisplayName } from '../../shared/displayName.ts'
import type { ConversationId, Seq, UserId } from '../../shared/ids.ts'
import { Handle } from '../../shared/protocol/api.ts'
import type { Arrivals } from '../../storage/database.ts'
import type { EntryResult, Place, QueuedEntry } from './entryQueue.ts'
import { EntryQueue } from './entryQueue.ts'
import type { ExportFile } from './formats/exportFile.ts'
import type { BodyRecord } from './formats/parley.ts'
import { readParleyRecords } from './formats/parley.ts'
import { displayNameOf, handlesOf } from './names.ts'
import type { NeutralDeps } from './neutralImport.ts'
import { Newcomers } from './newcomers.ts'

type PersonRecord = Extract<BodyRecord, { type: 'person' }>
type ConversationRecord = Extract<BodyRecord, { type: 'conversation' }>
type EntryRecord = Extract<BodyRecord, { type: 'entry' }>
type ReceiptRecord = Extract<BodyRecord, { type: 'receipt' }>

export class ParleyImport {
  readonly #deps: NeutralDeps
  readonly #queue: EntryQueue
  readonly #newcomers: Newcomers
  readonly #places = new Map<ConversationId, Place>()
  /** Of each entry in the queue, the number it had where it was exported. */
  #numbers: Seq[] = []
  #receipts: ReceiptRecord[] = []
  #renumbered = 0
  /** Everyone has left these; but who makes a conversation is in it. */
  #abandoned: { place: Place; owner: UserId }[] = []
  #anyone: UserId | null = null
  #open: ConversationId | null = null
  #file = ''

  constructor(deps: NeutralDeps) {
    this.#deps = deps
    this.#queue = new EntryQueue(deps)
    this.#newcomers = new Newcomers(deps.database, deps.summary)
  }

  async file(file: ExportFile, onProgress: () => void): Promise<void> {
    this.#file = file.name
    for await (const record of readParleyRecords(file)) {
      if (record.type === 'problem') this.#deps.onProblem(record)
      else await this.#record(record)
      if (!this.#queue.isFull) continue
      await this.#write()
      onProgress()
    }
    await this.#write()
    if (this.#renumbered > 0) this.#problem(`${this.#renumbered} messages have another number here, as others are missing or were there before them`)
    onProgress()
  }

  async #record(record: BodyRecord): Promise<void> {
    switch (record.type) {
      case 'person':
        return this.#person(record)
      case 'conversation':
        return this.#conversation(record)
      case 'entry':
        return this.#entry(record)
      case 'receipt':
        if (this.#newcomers.isKnown(record.user)) this.#receipts.push(record)
        else this.#problem(`has a receipt of ${record.user}, of whom nothing is said before`)
        return
      default:
        return record satisfies never
    }
  }

  #person({ id, handle, name }: PersonRecord): void {
    this.#anyone ??= id
    const wished = Handle.safeParse(handle).success ? [handle] : []
    const valid = DisplayName.safeParse(name).success ? name : displayNameOf(name, handle.slice(0, 1) || 'Somebody')
    this.#newcomers.person({ id, name: valid, handles: [...wished, ...handlesOf(valid, id)] })
  }

  async #conversation(record: ConversationRecord): Promise<void> {
    await this.#write()
    if (this.#places.has(record.id)) return
    const known = record.members.filter(({ user }) => this.#newcomers.isKnown(user))
    if (known.length < record.members.length) this.#problem(`has members of whom nothing is said before, in ${record.id}`)
    const banned = record.banned?.filter((user) => this.#newcomers.isKnown(user))
    if ((banned?.length ?? 0) < (record.banned?.length ?? 0)) this.#problem(`keeps people out of whom nothing is said before, in ${record.id}`)
    const place: Place = { id: record.id, isNew: false, lastSeq: NOTHING_YET }
    if ((await this.#deps.database.conversations.byId(record.id)) === null) {
      const arrival = arrivalOf({ ...record, members: known, banned }, this.#deps.members[0] ?? this.#anyone)
      if (arrival === null) return this.#problem(`has the conversation ${record.id} without the people it needs`)
      this.#newcomers.conversation(arrival, place)
      if (arrival.kind !== 'direct' && known.length === 0) this.#abandoned.push({ place, owner: arrival.owner })
      if (arrival.kind !== 'direct') for (const { user, role } of known) if (user !== arrival.owner) this.#newcomers.member(place, user, role)
    } else this.#deps.summary.conversations.found += 1
    if (record.kind !== 'direct') for (const member of this.#deps.members) this.#newcomers.member(place, member)
    this.#places.set(record.id, place)
  }

  async #entry(record: EntryRecord): Promise<void> {
    const { conversation, id, seq, author, device } = record
    const place = this.#places.get(conversation)
    if (place === undefined) return this.#problem(`has the message ${id} of a conversation that could not be stored`)
    if (!this.#newcomers.isKnown(author)) return this.#problem(`has the message ${id} of ${author}, of whom nothing is said before`)
    if (this.#open !== conversation) await this.#write()
    this.#open = conversation
    this.#queue.push({ place, author, device, entry: entryOf(record) })
    this.#numbers.push(seq)
  }

  async #write(): Promise<void> {
    const { database, clock } = this.#deps
    await this.#newcomers.arrive(clock())
    for (const { place, owner } of this.#abandoned.splice(0)) {
      if (!this.#deps.members.includes(owner)) await database.bulk.abandon(place.id, owner, clock())
    }
    const numbers = this.#numbers.splice(0)
    const parentless: QueuedEntry[] = []
    for (const [index, { queued, result }] of (await this.#queue.write()).entries()) {
      if (result.type === 'reply-unknown') parentless.push(queued)
      else this.#count(result, numbers[index])
    }
    await this.#writeWithoutReply(parentless)
    const receipts = this.#receipts.splice(0).map(({ conversation, user, delivered, read }) => ({
      conversation: this.#places.get(conversation)?.id ?? conversation,
      user,
      receipt: { delivered, read },
    }))
    if (receipts.length > 0) await database.receipts.join(receipts, clock())
  }

  /** What they answer stood on a line that could not be read. */
  async #writeWithoutReply(entries: readonly QueuedEntry[]): Promise<void> {
    if (entries.length === 0) return
    for (const queued of entries) {
      const said = withoutReply(queued.entry)
      if (said === null) this.#orphaned(queued)
      else {
        this.#deps.summary.replies.dropped += 1
        this.#queue.push({ ...queued, entry: said })
      }
    }
    for (const { queued, result } of await this.#queue.write()) {
      if (result.type === 'reply-unknown') this.#orphaned(queued)
      else this.#count(result, undefined)
    }
  }

  #orphaned({ entry }: QueuedEntry): void {
    this.#problem(`has the ${entry.kind} ${entry.id} of a message that could not be read`)
  }

  #count(result: EntryResult, number: Seq | undefined): void {
    const { entries, replies } = this.#deps.summary
    if (result.type === 'stored') {
      entries.stored += 1
      if (result.entry.kind === 'message' && result.entry.body.replyTo !== undefined) replies.linked += 1
      if (result.entry.seq !== number) this.#renumbered += 1
    } else if (result.type === 'already') entries.already += 1
    else entries.different += 1
  }

  #problem(words: string): void {
    this.#deps.onProblem({ type: 'problem', file: this.#file, line: 0, words })
  }
}

/** As its author sent it: where the message stands, this log says anew. */
function entryOf(record: EntryRecord): RestoredEntry {
  const { id, at } = record
  switch (record.kind) {
    case 'message':
      return { id, at, kind: record.kind, body: record.body }
    case 'edit':
      return { id, at, kind: record.kind, body: withoutPlace(record.body) }
    case 'reaction':
      return { id, at, kind: record.kind, body: { of: record.body.of, emoji: record.body.emoji, on: record.body.on } }
    case 'pin':
      return { id, at, kind: record.kind, body: { of: record.body.of, on: record.body.on } }
    case 'erase':
      return { id, at, kind: record.kind, body: { of: record.body.of } }
    case 'reply':
      return { id, at, kind: record.kind, body: withoutPlace(record.body) }
    case 'erased':
      return { id, at, kind: record.kind, body: record.body }
    case 'event':
      return { id, at, kind: record.kind, body: record.body }
    default:
      return record satisfies never
  }
}

/** The same without what it quotes; null: an edit or a reaction without its message says nothing. */
function withoutReply(entry: RestoredEntry): RestoredEntry | null {
  if (entry.kind !== 'message' && (entry.kind !== 'reply' || entry.body.replyTo === undefined)) return null
  const { replyTo: _gone, ...body } = entry.body
  // The body is that of its kind.
  return { ...entry, body } as RestoredEntry
}

function withoutPlace<Body extends { target: Seq; thread?: Seq | undefined }>(body: Body): Omit<Body, 'target' | 'thread'> {
  const { target: _target, thread: _thread, ...said } = body
  return said
}

/** Null when the people a conversation cannot be without are unknown. */
function arrivalOf({ id, kind, name, topic, permissions, banned, members }: ConversationRecord, otherwise: UserId | null): Arrivals['conversations'][number] | null {
  if (kind === 'direct') {
    const [one, two, ...more] = members
    return one === undefined || two === undefined || more.length > 0 ? null : { kind, id, pair: [one.user, two.user] }
  }
  const owner = members.find(({ role }) => role === 'owner')?.user ?? members[0]?.user ?? otherwise
  const valid = DisplayName.safeParse(name).success ? name : displayNameOf(name, 'Imported conversation')
  return owner === null ? null : { kind, id, name: valid, owner, ...(topic === undefined ? {} : { topic }), ...(permissions === undefined ? {} : { permissions }), ...(banned === undefined ? {} : { banned }) }
}

const NOTHING_YET = 0 as Seq
