// An engine without a server: it plays a scene, so that every state of the interface can be looked at. Development and
// screenshots only; no page of the product imports it.

import type { Member, Role } from '../../../shared/conversation/membership.ts'
import { ConversationId, EntryId, ReportId, SessionId } from '../../../shared/ids.ts'
import type { PictureId, Seq, UserId } from '../../../shared/ids.ts'
import { Seq as SeqSchema } from '../../../shared/ids.ts'
import type { ChannelPreview, ChannelsPage, SessionView, ThreadView } from '../../../shared/protocol/api.ts'
import type { RegistrationMode } from '../../../shared/protocol/administration.ts'
import type { OwnProfile, Person, Presence } from '../../../shared/protocol/messages.ts'
import { refusal } from '../../../shared/protocol/refusal.ts'
import type { AccountState, ChangesState, Conversation, Engine, InboxItem, InboxState, Outcome, OutboxState, Readable, SavedMessage } from '../../sync/engine.ts'
import type { ReadMessage } from '../../sync/readMessage.ts'
import { createCell } from '../../sync/readable.ts'
import { previewAdministration } from './administration.ts'
import { previewChannels, previewOfChannel } from './channels.ts'
import { previewBans } from './bans.ts'
import { previewJoinLinks } from './joinLinks.ts'
import { previewMessage, previewSaved, previewThreads } from './lists.ts'
import { PreviewConversation } from './conversation.ts'
import { DEVICE, people, SELF, userId } from './people.ts'
import type { Scene } from './scenes.ts'
import type { Script } from './script.ts'

export class PreviewEngine implements Engine {
  readonly account
  readonly profile
  readonly connection
  readonly inbox
  readonly outbox
  readonly changes
  readonly saved
  readonly leader = createCell(true)
  readonly administration
  readonly joinLinks
  readonly bans
  readonly #scene: Scene
  readonly #now: number
  readonly #open = new Map<ConversationId, PreviewConversation>()
  readonly #flags = new Map<ConversationId, { pinned: boolean; muted: boolean; archived: boolean }>()
  readonly #people = new Map<UserId, Readable<Person | null>>()
  #shown = PAGE

  constructor(scene: Scene, now: number) {
    this.#scene = scene
    this.#now = now
    this.administration = previewAdministration(now)
    this.joinLinks = previewJoinLinks(now)
    this.saved = createCell<readonly SavedMessage[]>(previewSaved(scene.scripts, conversationId))
    this.bans = previewBans(now)
    const self = people.get(SELF)
    this.profile = createCell<OwnProfile | null>(self === undefined ? null : { person: self, privacy: { presence: 'contacts', privateReceipts: false }, blocked: scene.blocked.map(userId) })
    this.account = createCell<AccountState>(scene.account)
    this.connection = createCell(scene.connection)
    this.inbox = createCell<InboxState>(this.#rows())
    this.changes = createCell<ChangesState>({ pending: scene.unsent, refused: [] })
    this.outbox = createCell<OutboxState>({ pending: scene.connection.state === 'offline' ? 1 : 0, refused: 0 })
  }

  async registration(): Promise<Outcome<RegistrationMode>> {
    return ok(this.#scene.registration)
  }
  async signUp(form: { handle: string }): Promise<Outcome<Person>> {
    if (form.handle === 'taken') return no('taken', 'This username is taken. Choose another one.')
    return this.#signIn()
  }
  async signIn(form: { password: string }): Promise<Outcome<Person>> {
    if (form.password === 'wrong') return no('credentials', 'Username or password is not right. Check both and try again.')
    return this.#signIn()
  }
  async signOut(): Promise<Outcome<void>> {
    this.account.set({ state: 'signed-out', words: null })
    return DONE
  }
  async changePassword({ current }: { current: string }): Promise<Outcome<void>> {
    return current === 'wrong' ? no('credentials', 'The current password is not right.') : DONE
  }
  async sessions(): Promise<Outcome<SessionView[]>> {
    const session = (label: string, ago: number, current: boolean) => ({
      id: SessionId.parse(`01900000-0000-7000-8000-${ago.toString(16).padStart(12, '0')}`),
      device: DEVICE,
      label,
      createdAt: this.#now - 9e8,
      lastSeenAt: this.#now - ago * 60_000,
      expiresAt: this.#now + 9e8,
      current,
    })
    return ok([session('Firefox on Linux', 0, true), session('Safari on iPhone', 95, false), session('Chrome on Windows', 11_000, false)])
  }
  async endSession(): Promise<Outcome<void>> {
    return DONE
  }

  async loadMoreInbox(): Promise<void> {
    await new Promise((resolve) => {
      setTimeout(resolve, 80)
    })
    this.#shown += PAGE
    this.#changed()
  }
  person(id: UserId): Readable<Person | null> {
    const known = this.#people.get(id) ?? createCell(people.get(id) ?? null)
    this.#people.set(id, known)
    return known
  }
  async changeProfile(): Promise<Outcome<void>> {
    return DONE
  }
  async setPicture(): Promise<Outcome<void>> {
    return DONE
  }
  pictureAddress(id: PictureId): string {
    // A hill under a sky whose colour follows from the id.
    const hue = Number.parseInt(id.slice(0, 1), 16) * 97
    return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="hsl(${hue} 60% 75%)"/><circle cx="44" cy="20" r="9" fill="#fff8dc"/><path d="M0 48 20 28 40 48 50 38 64 52V64H0Z" fill="hsl(${hue + 120} 35% 40%)"/></svg>`)}`
  }
  async block(): Promise<Outcome<void>> {
    return DONE
  }
  async unblock(): Promise<Outcome<void>> {
    return DONE
  }
  async report(): Promise<Outcome<ReportId>> {
    return ok(ReportId.parse('01900000-0000-7000-8000-000000000001'))
  }
  async dismissRefused(): Promise<void> {
    this.changes.set({ ...this.changes.get(), refused: [] })
  }
  async searchPeople(start: string): Promise<Outcome<Person[]>> {
    const begins = (text: string) => text.toLowerCase().startsWith(start.toLowerCase())
    return ok([...people.values()].filter(({ handle, name }) => begins(handle) || name.split(' ').some(begins)))
  }
  presence(id: UserId): Readable<Presence | null> {
    const online = id === userId('tomas') || id === userId('noa') || id === userId('yusuf')
    return { get: () => presenceOf(id, online, this.#now), subscribe: () => () => undefined }
  }

  async startDirect(user: UserId): Promise<Outcome<ConversationId>> {
    const index = this.#scene.scripts.findIndex((script) => script.kind === 'direct' && script.members.some(([handle]) => userId(handle) === user))
    return index < 0 ? no('not-found', 'Nobody has this username.') : ok(conversationId(index))
  }
  newConversationId(): ConversationId {
    return conversationId(0)
  }
  async createGroup(): Promise<Outcome<ConversationId>> {
    return ok(conversationId(0))
  }
  async channels(): Promise<Outcome<ChannelsPage>> {
    return ok({ channels: previewChannels(this.#now) })
  }
  async previewChannel(id: ConversationId): Promise<Outcome<ChannelPreview>> {
    return previewOfChannel(id, this.#now)
  }
  async joinChannel(): Promise<Outcome<ConversationId>> {
    return ok(conversationId(0))
  }
  async describe(): Promise<Outcome<void>> {
    return DONE
  }

  async setPictureOf(): Promise<Outcome<void>> {
    return DONE
  }
  async addMembers(): Promise<Outcome<void>> {
    return DONE
  }
  async removeMember(id: ConversationId, user: UserId): Promise<Outcome<void>> {
    const { members } = this.#conversation(id)
    members.set(members.get().filter((member) => member.user !== user))
    return DONE
  }
  async setRole(id: ConversationId, user: UserId, role: Role): Promise<Outcome<void>> {
    const { members } = this.#conversation(id)
    members.set(members.get().map((member) => (member.user === user ? { user, role } : member)))
    return DONE
  }
  async membersPage(id: ConversationId): Promise<Outcome<{ members: Member[]; after: null }>> {
    return ok({ members: [...this.#conversation(id).members.get()], after: null })
  }
  async leave(): Promise<Outcome<void>> {
    return DONE
  }

  async message(id: ConversationId, entry: EntryId): Promise<ReadMessage | null> {
    return previewMessage(this.#scriptOf(id), id, entry, this.#now)
  }

  async messageAt(): Promise<null> {
    return null
  }
  open(id: ConversationId): Conversation {
    return this.#conversation(id)
  }
  async setPinned(id: ConversationId, pinned: boolean): Promise<void> {
    this.#flag(id, { pinned })
  }
  async setMuted(id: ConversationId, until: number | null): Promise<void> {
    this.#flag(id, { muted: until !== null })
  }
  async setArchived(id: ConversationId, archived: boolean): Promise<void> {
    this.#flag(id, { archived })
  }
  async setSilenced(): Promise<void> {
    // Nothing is told here.
  }
  async threads(id: ConversationId): Promise<Outcome<{ threads: ThreadView[]; before: null; isWhole: true }>> {
    return ok({ threads: id === conversationId(0) ? previewThreads(this.#now) : [], before: null, isWhole: true })
  }

  async markAllRead(id: ConversationId): Promise<void> {
    const { timeline } = this.#conversation(id)
    await this.#conversation(id).markRead(timeline.get().head)
  }
  async close(): Promise<void> {}

  #signIn(): Outcome<Person> {
    const person = people.get(SELF)
    if (person === undefined) return no('not-found', 'Nobody is here.')
    this.account.set({ state: 'signed-in', person, device: DEVICE })
    return ok(person)
  }

  #conversation(id: ConversationId): PreviewConversation {
    const script = this.#scriptOf(id)
    if (script === undefined) throw new Error('the preview links only to its own conversations')
    const { loads, connection } = this.#scene
    const onChange = () => {
      this.#changed()
    }
    const known = this.#open.get(id) ?? new PreviewConversation({ id, script, now: this.#now, loads, online: connection.state === 'online', onChange })
    this.#open.set(id, known)
    return known
  }

  #scriptOf(id: ConversationId): Script | undefined {
    return this.#scene.scripts[Number.parseInt(id.slice(9, 13), 16)]
  }

  #flag(id: ConversationId, change: { pinned?: boolean; muted?: boolean; archived?: boolean }): void {
    const row = this.inbox.get().rows.find((item) => item.conversation === id)
    this.#flags.set(id, { pinned: row?.pinned ?? false, muted: row?.muted ?? false, archived: row?.archived ?? false, ...change })
    this.#changed()
  }

  #changed(): void {
    this.inbox.set(this.#rows())
  }

  #rows(): InboxState {
    const rows = this.#scene.scripts.slice(0, this.#shown).map((script, index) => this.#row(script, index))
    rows.sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.touched - a.touched)
    return { rows, complete: this.#shown >= this.#scene.scripts.length }
  }

  #row(script: Script, index: number): InboxItem {
    const id = conversationId(index)
    const peer = script.kind === 'direct' ? script.members[1]?.[0] : undefined
    const lines = script.lines.length
    const line = lines === 0 ? undefined : script.lines.at(lines - 1)
    const open = this.#open.get(id)
    const read = open === undefined ? lines - (script.unread ?? 0) : Math.min(open.read, lines)
    const flags = this.#flags.get(id)
    const at = this.#now - (line?.ago ?? 9_999) * 60_000
    const pending = line?.mark === 'pending' ? { body: { text: line.text }, at } : null
    return {
      conversation: id,
      kind: script.kind,
      name: script.name,
      ...(script.picture === undefined ? {} : { picture: script.picture }),
      ...(peer === undefined ? {} : { peer: userId(peer) }),
      role: script.members[0]?.[1] ?? 'member',
      members: script.members.length,
      head: seq(lines),
      read: seq(read),
      quiet: 0, mentions: 0, silenced: false, threads: [],
      archived: flags?.archived ?? false,
      ...(line === undefined || pending !== null ? {} : { last: { id: ENTRY, author: userId(line.by), at, preview: line.text.slice(0, 120) } }),
      touched: at,
      title: peer === undefined ? script.name : (people.get(userId(peer))?.name ?? ''),
      unread: lines - read,
      pinned: flags?.pinned ?? script.pinned ?? false,
      muted: flags?.muted ?? script.muted ?? false,
      draft: open?.draft.get() ?? script.draft ?? '',
      pending,
    }
  }
}

export function conversationId(index: number): ConversationId {
  return ConversationId.parse(`01900000-${index.toString(16).padStart(4, '0')}-7000-8000-000000000000`)
}

const presences = new Map<UserId, Presence>()
function presenceOf(user: UserId, online: boolean, now: number): Presence {
  const known = presences.get(user) ?? { user, online, ...(user === userId('yusuf') ? { away: true } : {}), ...(online ? {} : { lastSeen: now - 95 * 60_000 }) }
  presences.set(user, known)
  return known
}

function ok<T>(value: T): Outcome<T> {
  return { ok: true, value }
}
function no(code: Parameters<typeof refusal>[0], words: string): { ok: false; refusal: ReturnType<typeof refusal> } {
  return { ok: false, refusal: refusal(code, words) }
}
function seq(value: number): Seq {
  return SeqSchema.parse(value)
}

const DONE: Outcome<void> = { ok: true, value: undefined }
const ENTRY = EntryId.parse('01900000-0000-7000-8000-00000000e001')
const PAGE = 100
