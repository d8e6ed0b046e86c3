// A conversation of the preview: a script that answers as the engine does, with a pause where the real one has one.

import { v7 } from 'uuid'
import type { MessageBody } from '../../../shared/conversation/entry.ts'
import type { Member } from '../../../shared/conversation/membership.ts'
import { DEFAULT_PERMISSIONS } from '../../../shared/conversation/membership.ts'
import type { ConversationId, Seq, UserId } from '../../../shared/ids.ts'
import { EntryId, Seq as SeqSchema } from '../../../shared/ids.ts'
import { refusal } from '../../../shared/protocol/refusal.ts'
import { createCell } from '../../sync/readable.ts'
import type { EntryReach } from '../../../shared/protocol/api.ts'
import type { Conversation, ConversationState, Leftover, Mark, Outcome, Pinned, Thread, Timeline, TimelineItem, TimelineState } from '../../sync/engine.ts'
import { DEVICE, SELF, userId } from './people.ts'
import type { Line, Script } from './script.ts'
import { previewThread } from './thread.ts'

type Options = { id: ConversationId; script: Script; now: number; loads: boolean; online: boolean; onChange: () => void }

export class PreviewConversation implements Conversation {
  readonly id: ConversationId
  readonly state
  readonly timeline: Timeline
  readonly members
  readonly receipts
  readonly leftovers = createCell<readonly Leftover[]>([])
  readonly typing
  readonly draft
  readonly pinned
  readonly #options: Options
  readonly #items = new Map<number, TimelineItem>()
  readonly #sent: TimelineItem[] = []
  readonly #head: number
  readonly #cell
  read: number

  constructor(options: Options) {
    const { script, id } = options
    this.#options = options
    this.id = id
    const waiting = countWaiting(script)
    this.#head = script.lines.length - waiting
    this.read = this.#head - (script.unread ?? 0)
    const firstUnread = (script.unread ?? 0) === 0 ? null : SeqSchema.parse(this.read + 1)
    this.#cell = createCell<TimelineState>({ head: SeqSchema.parse(this.#head), length: script.lines.length, firstUnread, version: 0 })
    this.members = createCell<readonly Member[]>(script.members.map(([handle, role]) => ({ user: userId(handle), role })))
    this.receipts = createCell(this.#receipts())
    this.typing = createCell<readonly UserId[]>((script.typing ?? []).map(userId))
    this.draft = createCell(script.draft ?? '')
    this.pinned = createCell(this.#pinned())
    this.state = createCell<ConversationState>(options.loads ? this.#ready() : { state: 'loading' })
    this.timeline = {
      get: () => this.#cell.get(),
      subscribe: (listener) => this.#cell.subscribe(listener),
      at: (index) => this.#items.get(index) ?? this.#sent[index - script.lines.length],
      load: (from, to) => this.#load(from, to),
      indexOf: async (entry) => this.#indexOf(entry),
      indexFrom: async () => 0,
    }
    this.#fill(script.lines.length - 50, script.lines.length)
    if (firstUnread !== null) this.#fill(firstUnread - 60, firstUnread + 60)
  }

  async send(body: MessageBody): Promise<EntryId> {
    const id = EntryId.parse(v7())
    const at = this.#sent.push({ ...PLAIN, id, author: SELF, at: Date.now(), body, own: true, mark: { state: 'pending' } }) - 1
    this.#changed(1)
    if (this.#options.online) {
      for (const state of ['stored', 'delivered', 'read'] as const) {
        setTimeout(() => {
          this.#remark(at, { state, seq: SeqSchema.parse(this.#head + at + 1) })
        }, { stored: 250, delivered: 700, read: 2_500 }[state])
      }
    }
    return id
  }

  async edit(of: EntryId, text: string): Promise<void> {
    this.#alter(of, (item) => ({ ...item, body: { ...item.body, text }, versions: [...item.versions, { text: item.body.text, at: item.at }] }))
  }

  async pin(of: EntryId, on: boolean): Promise<void> {
    this.#alter(of, (item) => ({ ...item, pinned: on }))
  }

  async erase(of: EntryId): Promise<void> {
    this.#alter(of, (item) => ({ ...item, kind: 'erased', body: { text: '' }, erasedBy: SELF }))
  }

  async setSaved(ids: readonly EntryId[], saved: boolean): Promise<void> {
    for (const id of ids) this.#alter(id, (item) => ({ ...item, saved }))
  }

  async setHidden(ids: readonly EntryId[], hidden: boolean): Promise<void> {
    for (const id of ids) this.#alter(id, (item) => ({ ...item, kind: hidden ? 'annotation' : 'message' }))
  }

  async react(of: EntryId, emoji: string, on: boolean): Promise<void> {
    this.#alter(of, (item) => {
      const others = item.reactions.filter((reaction) => reaction.emoji !== emoji)
      const users = (item.reactions.find((reaction) => reaction.emoji === emoji)?.users ?? []).filter((user) => user !== SELF)
      const now = on ? [...users, SELF] : users
      return { ...item, reactions: now.length === 0 ? others : [...others, { emoji, users: now, own: on }] }
    })
  }

  async reach(): Promise<Outcome<EntryReach>> {
    return { ok: true, value: { read: 1_204, delivered: 311, waiting: 485 } }
  }

  async retry(id: EntryId): Promise<void> {
    for (const [index, item] of this.#items) if (item.id === id) this.#items.set(index, { ...item, mark: { state: 'pending' } })
    this.#changed(0)
  }

  async discard(id: EntryId): Promise<void> {
    for (const [index, item] of this.#items) if (item.id === id) this.#items.delete(index)
    this.#changed(-1)
  }

  async markRead(seq: Seq): Promise<void> {
    if (seq <= this.read) return
    this.read = seq
    this.state.set(this.#ready())
    this.#options.onChange()
  }

  async markUnreadFrom(seq: Seq): Promise<void> {
    this.read = seq - 1
    this.#cell.set({ ...this.#cell.get(), firstUnread: seq })
    this.#options.onChange()
  }

  async setDraft(text: string): Promise<void> {
    this.draft.set(text)
    this.#options.onChange()
  }

  openThread(root: EntryId): Thread {
    const index = this.#indexOf(root)
    return previewThread(root, index === null ? undefined : this.#items.get(index), (thread) => this.#alter(root, (item) => ({ ...item, thread })))
  }

  setTyping(): void {}
  close(): void {}

  /** The first few have read everything, some have got it, the last has not. */
  #receipts(): Map<UserId, { delivered: Seq; read: Seq }> {
    const [none, all] = [SeqSchema.parse(0), SeqSchema.parse(this.#head)]
    const { members } = this.#options.script
    return new Map(members.slice(0, Math.max(2, members.length - 1)).map(([handle], index) => [userId(handle), { delivered: all, read: index < 4 ? all : none }]))
  }

  #ready(): ConversationState {
    const { kind, name, members } = this.#options.script
    const peer = kind === 'direct' ? members[1]?.[0] : undefined
    return {
      state: 'ready',
      kind,
      name,
      peer: peer === undefined ? null : userId(peer),
      role: members[0]?.[1] ?? 'member',
      memberCount: members.length,
      topic: this.#options.script.topic ?? '',
      picture: this.#options.script.picture ?? null,
      permissions: DEFAULT_PERMISSIONS,
      asking: this.#options.script.topic === undefined ? null : { count: 1, lastAt: this.#options.now },
      banned: kind === 'direct' ? 0 : 1,
      isNew: kind !== 'direct' && this.#head === 0,
      unread: this.#head - this.read,
    }
  }

  async #load(from: number, to: number): Promise<void> {
    await new Promise((resolve) => {
      setTimeout(resolve, LOAD_MS)
    })
    if (this.#fill(from, to)) this.#changed(0)
  }

  #fill(from: number, to: number): boolean {
    let filled = false
    for (let index = Math.max(0, from); index < Math.min(to, this.#options.script.lines.length); index += 1) {
      if (this.#items.has(index)) continue
      this.#items.set(index, this.#itemOf(index))
      filled = true
    }
    return filled
  }

  #itemOf(index: number): TimelineItem {
    const line = this.#options.script.lines.at(index)
    const own = userId(line.by) === SELF
    const body: MessageBody = {
      text: line.text,
      ...(line.style === undefined ? {} : { style: line.style }),
      ...(line.mentions === undefined ? {} : { mentions: line.mentions.map((handle) => userId(handle)) }),
      ...(line.forwarded === undefined ? {} : { forwarded: line.forwarded }),
      ...(line.answers === undefined ? {} : { replyTo: entryId(this.id, line.answers) }),
    }
    const mark = markOf(own ? (line.mark ?? 'read') : 'stored', SeqSchema.parse(index + 1))
    const reactions = (line.reactions ?? []).map(({ emoji, by }) => ({ emoji, users: by.map((handle) => userId(handle)), own: by.some((handle) => userId(handle) === SELF) }))
    const at = this.#options.now - line.ago * 60_000
    const versions = line.before === undefined ? [] : [{ text: line.before, at }]
    const item = { ...PLAIN, id: entryId(this.id, index), author: userId(line.by), at, body, own, mark, reactions, versions }
    if (line.event !== undefined) return { ...item, kind: 'event', event: line.event }
    if (line.erasedBy !== undefined) return { ...item, kind: 'erased', erasedBy: userId(line.erasedBy) }
    return { ...item, pinned: line.pinned === true, saved: line.saved === true }
  }

  #pinned(): Pinned {
    const { script, id, now } = this.#options
    if (script.lines.length > PINNED_AMONG) return []
    return Array.from({ length: script.lines.length }, (_, index) => ({ line: script.lines.at(index), index })).flatMap(({ line, index }) => {
      if (line.pinned !== true) return []
      const author = userId(line.by)
      const at = now - line.ago * 60_000
      return [{ by: author, at, entry: { id: entryId(id, index), seq: SeqSchema.parse(index + 1), author, device: DEVICE, at, kind: 'message', body: { text: line.text } } }]
    })
  }

  #alter(id: EntryId, change: (item: TimelineItem) => TimelineItem): void {
    const index = this.#indexOf(id)
    const item = index === null ? undefined : this.#items.get(index)
    if (index === null || item === undefined) return
    this.#items.set(index, change(item))
    this.#changed(0)
  }

  #indexOf(entry: EntryId): number | null {
    const index = Number.parseInt(entry.slice(-8), 16)
    return entryId(this.id, index) === entry && index < this.#options.script.lines.length ? index : null
  }

  #remark(at: number, mark: Mark): void {
    const item = this.#sent[at]
    if (item === undefined) return
    this.#sent[at] = { ...item, mark }
    this.#changed(0)
  }

  #changed(longer: number): void {
    const { head, length, firstUnread, version } = this.#cell.get()
    this.#cell.set({ head, length: length + longer, firstUnread, version: version + 1 })
  }
}

function markOf(state: Mark['state'], seq: Seq): Mark {
  if (state === 'pending') return { state }
  if (state === 'refused') return { state, refusal: refusal('storage-full', 'The server has no room left. Try again later, or tell whoever runs it.') }
  return { state, seq }
}

function countWaiting(script: Script): number {
  let waiting = 0
  while (waiting < script.lines.length && isWaiting(script.lines.at(script.lines.length - 1 - waiting))) waiting += 1
  return waiting
}

function isWaiting({ mark }: Line): boolean {
  return mark === 'pending' || mark === 'refused'
}

/** Ends in the index, so that it is found again. */
export function entryId(conversation: ConversationId, index: number): EntryId {
  return EntryId.parse(`${conversation.slice(0, -8)}${index.toString(16).padStart(8, '0')}`)
}

/** Scripts that are made on demand pin nothing. */
const PINNED_AMONG = 200
/** A server nearby. */
const LOAD_MS = 60

const PLAIN = { kind: 'message', versions: [], reactions: [], pinned: false, saved: false, event: null, erasedBy: null, waiting: null, thread: null } as const
