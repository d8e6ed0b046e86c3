// From the neutral stream of any format into the log.
//
//   conversation ─▶ room, undecided ─ holds its first entries until it is clear who talks ─▶ decided
//   entry        ─▶ author known? room decided? ─▶ pieces with derived ids ─▶ queue ─▶ written when it is full

import type { MessageBody } from '../../shared/conversation/entry.ts'
import { NewEntry } from '../../shared/conversation/entry.ts'
import type { DeviceId, EntryId, UserId } from '../../shared/ids.ts'
import type { Database } from '../../storage/database.ts'
import type { Scope } from './derivedIds.ts'
import { deviceIdOf, entryIdOf, userIdOf } from './derivedIds.ts'
import type { AppendTrusted } from './entryQueue.ts'
import { EntryQueue } from './entryQueue.ts'
import type { ImportedConversation, ImportedEntry, ImportProblem } from './formats/source.ts'
import { displayNameOf, handlesOf } from './names.ts'
import { Newcomers } from './newcomers.ts'
import { raiseReadMarks } from './readMarks.ts'
import type { DecidedRoom, Room } from './room.ts'
import { decideRoom, talkersOf } from './room.ts'
import { splitText } from './splitText.ts'
import type { ImportSummary } from './summary.ts'

export type NeutralDeps = {
  database: Pick<Database, 'accounts' | 'bulk' | 'conversations' | 'log' | 'receipts'>
  append: AppendTrusted
  clock: () => number
  summary: ImportSummary
  /** Accounts that are put into each conversation, the first as the owner of new ones. */
  members: readonly UserId[]
  onProblem: (problem: ImportProblem) => void
}

export class NeutralImport {
  readonly #deps: NeutralDeps
  readonly #scope: Scope
  readonly #label: string
  readonly #device: DeviceId
  readonly #queue: EntryQueue
  readonly #newcomers: Newcomers
  readonly #rooms = new Map<string, Room>()
  readonly #authors = new Map<string, UserId>()
  /** First messages whose authors become members, unless they were imported before. */
  #firsts: { room: DecidedRoom; author: UserId; entry: EntryId }[] = []

  /** `label` is the file problems are reported for when the parser had none. */
  constructor(deps: NeutralDeps, scope: Scope, label: string) {
    this.#deps = deps
    this.#scope = scope
    this.#label = label
    this.#device = deviceIdOf(scope)
    this.#queue = new EntryQueue(deps)
    this.#newcomers = new Newcomers(deps.database, deps.summary)
  }

  conversation(conversation: ImportedConversation): void {
    if (!this.#rooms.has(conversation.key)) this.#rooms.set(conversation.key, { state: 'undecided', conversation, held: [] })
  }

  async entry(conversation: string, entry: ImportedEntry): Promise<void> {
    const room = this.#rooms.get(conversation)
    if (room === undefined) throw new Error(`A parser told an entry of ${conversation} before that conversation.`)
    if (room.state === 'decided') this.#enqueue(room, entry)
    else {
      room.held.push(entry)
      if (talkersOf(room) >= (room.conversation.kind === 'direct' ? 2 : 1) || room.held.length >= HELD_MAX_ENTRIES) await this.#decide(room)
    }
    if (this.#queue.isFull) await this.#write()
  }

  async end(): Promise<void> {
    for (const room of this.#rooms.values()) if (room.state === 'undecided' && room.held.length > 0) await this.#decide(room)
    await this.#write()
    await raiseReadMarks(this.#deps.database.receipts, this.#decidedRooms(), this.#deps.clock())
  }

  #decidedRooms(): DecidedRoom[] {
    return [...this.#rooms.values()].filter((room) => room.state === 'decided')
  }

  async #decide(room: Room & { state: 'undecided' }): Promise<void> {
    const { database, members, summary } = this.#deps
    const { conversation, held } = room
    const people = held.map((entry) => ({ id: this.#author(conversation.key, entry), spoke: entry.style !== 'notice' }))
    const { decided, arrival } = await decideRoom(database.conversations, this.#scope, conversation, people, members)
    this.#rooms.set(conversation.key, decided)
    if (arrival === null) summary.conversations.found += 1
    else this.#newcomers.conversation(arrival, decided.place)
    for (const member of members) this.#addMember(decided, member)
    for (const entry of held) this.#enqueue(decided, entry)
  }

  #addMember(room: DecidedRoom, member: UserId): void {
    if (room.kind === 'group') this.#newcomers.member(room.place, member)
    else if (!room.pair.includes(member)) {
      this.#problem(`is a conversation between two people already, so that nobody can be added`)
      return
    }
    room.members.add(member)
  }

  #author(conversation: string, { author }: ImportedEntry): UserId {
    const scoped = `${this.#scope.format === 'crosswoz' ? conversation : ''}\n${author.key}`
    const known = this.#authors.get(scoped)
    if (known !== undefined) return known
    const id = userIdOf(this.#scope, conversation, author.key)
    const name = displayNameOf(author.name, 'Somebody')
    this.#newcomers.person({ id, name, handles: handlesOf(name, id) })
    this.#authors.set(scoped, id)
    return id
  }

  #enqueue(room: DecidedRoom, imported: ImportedEntry): void {
    const author = this.#author(room.key, imported)
    const at = Math.min(imported.at, this.#deps.clock())
    const style = imported.style === undefined ? {} : { style: imported.style }
    for (const [index, text] of splitText(withAttachments(imported)).entries()) {
      const id = entryIdOf(room.derivedId, imported.at, imported.key, index)
      const body: MessageBody = { text, ...(index === 0 ? this.#replyTo(room, imported) : {}), ...style }
      const parsed = NewEntry.safeParse({ id, at, kind: 'message', body })
      if (!parsed.success) {
        this.#problem(`holds a message that cannot be stored (${imported.key}): ${parsed.error.issues[0]?.message ?? ''}`)
        return
      }
      if (index === 0) {
        room.times?.set(imported.key, imported.at)
        if (room.kind === 'group' && imported.style !== 'notice' && !room.members.has(author)) {
          room.members.add(author)
          this.#firsts.push({ room, author, entry: id })
        }
      }
      this.#queue.push({ place: room.place, author, device: this.#device, entry: parsed.data, continues: index > 0 })
    }
  }

  /** An entry may only answer what stands before it. */
  #replyTo(room: DecidedRoom, { replyTo }: ImportedEntry): { replyTo?: EntryId } {
    if (replyTo === undefined) return {}
    const at = room.times?.get(replyTo)
    if (at !== undefined) return { replyTo: entryIdOf(room.derivedId, at, replyTo, 0) }
    this.#deps.summary.replies.dropped += 1
    return {}
  }

  async #write(): Promise<void> {
    const { summary, clock } = this.#deps
    await this.#admitAuthors()
    await this.#newcomers.arrive(clock())
    for (const { queued, result } of await this.#queue.write()) {
      if (result.type === 'stored') {
        summary.entries.stored += 1
        if (queued.continues === true) summary.entries.continued += 1
        if (result.entry.kind === 'message' && result.entry.body.replyTo !== undefined) summary.replies.linked += 1
      } else if (result.type === 'already') summary.entries.already += 1
      else if (result.type === 'kept') summary.entries.different += 1
      else this.#problem(`holds an answer to a message that could not be stored`)
    }
  }

  /** Whoever left a conversation after an import is not brought back by the next: their first message is there already. */
  async #admitAuthors(): Promise<void> {
    for (const { room, author, entry } of this.#firsts.splice(0)) {
      const imported = room.place.isNew ? null : await this.#deps.database.log.find(room.place.id, entry)
      if (imported === null) this.#newcomers.member(room.place, author)
    }
  }

  #problem(words: string): void {
    this.#deps.onProblem({ type: 'problem', file: this.#label, line: 0, words })
  }
}

/** The files themselves are not imported; a text that names them says enough. */
function withAttachments({ text, attachments = [] }: ImportedEntry): string {
  const unnamed = attachments.map((path) => path.replace(/^.*\//, '').toWellFormed()).filter((name) => name !== '' && !text.includes(name))
  return [text, ...unnamed.map((name) => `[file not imported] ${name}`)].join('\n')
}

/** A conversation of two in which only one has written so much is taken for what it looks like. */
const HELD_MAX_ENTRIES = 1_000
