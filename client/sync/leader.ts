// What only the leading tab does: hold the socket, feed the replica from it, and send what all tabs have to send.

import type { ConversationId, EntryId, UserId } from '../../shared/ids.ts'
import { RECEIPTS_COALESCE_MS } from '../../shared/limits.ts'
import type { OwnProfile } from '../../shared/protocol/messages.ts'
import type { Api } from './api.ts'
import { backoff } from '../../shared/backoff.ts'
import type { ChangeSender } from './changeSender.ts'
import type { ConnectionListener, Push, Welcome } from './connection.ts'
import { Connection, ConnectionLostError } from './connection.ts'
import { Documents } from './documents.ts'
import type { ConnectionState } from './engine.ts'
import type { Environment } from './environment.ts'
import type { Fact } from './facts.ts'
import type { Replica } from './replica.ts'
import { ReceiptSender } from './receiptSender.ts'
import { Sender } from './sender.ts'
import { Tails } from './tails.ts'
import { WarmConversations } from './warmConversations.ts'

/** Within what a start may cost: a few kilobytes, whatever the account holds. */
const CATCH_UP_CONVERSATIONS = 5
const CATCH_UP_ENTRIES = 20

export class Leader {
  readonly #deps: LeaderDeps
  readonly #connection: Connection
  readonly #documents: Documents
  readonly #sender: Sender
  /** Null until there is something to send: it is no part of what a page needs to start. */
  #changes: ChangeSender | null = null
  readonly #receipts: ReceiptSender
  readonly #tails: Tails
  readonly #warm: WarmConversations
  /** What every tab shows, by tab. */
  readonly #screens = new Map<string, TabScreen>()
  /** What the server was told that this device shows, on this connection. */
  readonly #opened = new Set<ConversationId>()
  /** Of these, the ones it was told it may not see. */
  readonly #shut = new Set<ConversationId>()
  #watched = ''
  #away = false
  readonly #cancels = new Set<() => void>()
  #failures = 0
  #inboxSyncs = 0

  constructor(deps: LeaderDeps) {
    this.#deps = deps
    const { environment, replica } = deps
    const { store, timers, random, report } = environment
    const url = new URL('sync', environment.server)
    url.protocol = url.protocol.replace('http', 'ws')
    this.#connection = new Connection({ ...environment, url, hello: deps.hello }, this.#listener())
    this.#documents = new Documents(this.#connection)
    this.#tails = new Tails({ store, timers, random, report, replica, documents: this.#documents, dropEntries: deps.dropEntries })
    this.#warm = new WarmConversations(environment, this.#tails)
    this.#sender = new Sender({ timers, random, report, connection: this.#connection, outbox: replica.outbox, follows: (id) => this.#tails.follows(id) })
    this.#receipts = new ReceiptSender({ connection: this.#connection, registers: replica.registers, threadMarks: replica.threadMarks, timers, report, after: RECEIPTS_COALESCE_MS, keptToOneself: () => replica.changes.keepsToOneself() })
  }

  start(): void {
    this.#connection.start()
  }

  stop(words: string): void {
    for (const cancel of this.#cancels) cancel()
    this.#cancels.clear()
    this.#sender.stop()
    this.#changes?.stop()
    this.#receipts.stop()
    // First: leaving each document in words would only race with what is still on its way.
    this.#connection.stop(words)
    this.#tails.unfollowAll()
    this.#warm.clear()
    this.#deps.replica.personal.detach()
  }

  wake(): void {
    this.#connection.wake()
  }

  lose(words: string): void {
    this.#connection.lose(words)
  }

  /** A tab shows something else, or nothing any more. */
  screenChanged(tab: string, screen: TabScreen | null): void {
    if (screen === null) this.#screens.delete(tab)
    else this.#screens.set(tab, screen)
    this.#bringOnScreen()
  }

  outboxChanged(conversations: readonly ConversationId[]): void {
    this.#sender.kick(conversations)
  }

  changesChanged(): void {
    this.#sendChanges('kick')
    this.#receipts.schedule()
  }

  registersChanged(): void {
    this.#receipts.schedule()
  }

  type({ conversation, thread }: { conversation: ConversationId; thread?: EntryId | undefined }, on: boolean): void {
    this.#connection.send({ type: 'typing', conversation, ...(thread === undefined ? {} : { thread }), on })
  }

  /** The server says so in answer to a question: what happened while nobody was connected. */
  departed(conversation: ConversationId): Promise<void> {
    return this.#gone(conversation, 'You are no longer a member of this conversation.')
  }

  #listener(): ConnectionListener {
    return {
      state: (state) => this.#deps.connectionState(state),
      up: (welcome) => this.#up(welcome),
      down: () => {
        this.#opened.clear()
        this.#shut.clear()
        this.#watched = ''
        this.#away = false
        this.#documents.down()
        this.#receipts.down()
      },
      message: (message) => this.#handle(message),
      frame: (frame) => this.#documents.receive(frame),
      heard: (ping) => this.#receipts.heard(ping),
      rejected: () => void this.#rejected().catch(this.#deps.environment.report),
    }
  }

  #up(welcome: Welcome): void {
    const { replica, environment, me } = this.#deps
    this.#failures = 0
    // The cookie is shared with other tabs and may have become somebody else's meanwhile.
    if (welcome.user !== me()) return this.#deps.sessionEnded('Somebody else signed in with this browser.')
    this.#deps.own(welcome.own).catch(environment.report)
    this.#bringOnScreen()
    this.#documents.up()
    replica.personal.attach(this.#documents, welcome.user, welcome.personalGeneration)
    this.#sender.kick(replica.outbox.conversations())
    this.#sendChanges('start')
    this.#receipts.schedule()
    replica.people.need([])
    this.#syncInbox().catch(environment.report)
  }

  #sendChanges(how: 'start' | 'kick'): void {
    if (this.#changes !== null) return this.#changes[how]()
    if (this.#connection.isUp() && this.#deps.replica.changes.pending().length > 0) this.#beginSendingChanges().catch(this.#deps.environment.report)
  }

  async #beginSendingChanges(): Promise<void> {
    const { ChangeSender: Loaded } = await import('./changeSender.ts')
    const { environment, replica, api, own, heard } = this.#deps
    this.#changes ??= new Loaded({ ...environment, connection: this.#connection, api, changes: replica.changes, outbox: replica.outbox, own, heard })
    this.#changes.kick()
  }

  /** Over HTTP, which may fail while the socket is up and stays so: then it is asked again, or the list would lack rows for hours. */
  async #syncInbox(): Promise<void> {
    const mine = ++this.#inboxSyncs
    // What was erased goes first: what is brought afterwards is without it.
    if ((await this.#deps.replica.inbox.sync()) && (await this.#deps.replica.learnErasures())) return this.#bringUnread()
    this.#later(0, () => {
      if (mine === this.#inboxSyncs && this.#connection.isUp()) this.#syncInbox().catch(this.#deps.environment.report)
    })
  }

  /** The newest unread entries of the few conversations on top: here before they are opened, and delivered. */
  async #bringUnread(): Promise<void> {
    const { replica } = this.#deps
    const unread = replica.inbox.state.get().rows.filter((row) => row.unread > 0)
    for (const row of unread.slice(0, CATCH_UP_CONVERSATIONS)) await replica.bring(row.conversation, Math.min(row.unread, CATCH_UP_ENTRIES))
  }

  #bringOnScreen(): void {
    const shown = new Set([...this.#screens.values()].flatMap(({ conversations }) => conversations))
    const people = [...new Set([...this.#screens.values()].flatMap((screen) => screen.people))].toSorted()
    if (!this.#connection.isUp()) return
    for (const conversation of shown) {
      if (this.#opened.has(conversation)) continue
      this.#opened.add(conversation)
      this.#open(conversation).catch(this.#deps.environment.report)
    }
    for (const conversation of this.#opened) {
      if (shown.has(conversation)) continue
      this.#opened.delete(conversation)
      this.#connection.send({ type: 'close', conversation })
      this.#warm.leftScreen(conversation)
    }
    this.#tellAway()
    if (people.join() === this.#watched) return
    this.#watched = people.join()
    this.#connection.send({ type: 'watch', users: people })
  }

  /** Somebody is at this device as long as they look at one of its tabs. */
  #tellAway(): void {
    const away = this.#screens.size > 0 && [...this.#screens.values()].every((screen) => screen.away)
    if (away === this.#away) return
    this.#away = away
    this.#connection.send({ type: 'away', on: away })
  }

  async #open(conversation: ConversationId): Promise<void> {
    const { replica, painted } = this.#deps
    try {
      const answer = await this.#connection.request({ type: 'open', conversation })
      if (answer.type === 'opened') {
        this.#warm.onScreen(conversation)
        // Held while it is painted: only another tab may show it. Followed afterwards, when the head is known.
        replica.hold(conversation)
        const kept = replica.paint(answer.paint)
        this.#tails.follow(conversation)
        replica.release(conversation)
        painted(conversation)
        // It may have left the screen before the answer was here.
        if (!this.#opened.has(conversation)) this.#warm.leftScreen(conversation)
        return await kept
      }
      if (answer.type !== 'refused') throw new Error(`An open was answered with ${answer.type}.`)
      if (!answer.refusal.retry) return await this.#gone(conversation, answer.refusal.words)
      this.#opened.delete(conversation)
      this.#later(answer.refusal.retryAfter ?? 0, () => this.#bringOnScreen())
    } catch (error) {
      // Opened again on the next connection.
      if (!(error instanceof ConnectionLostError)) throw error
    }
  }

  #handle(message: Push): void {
    const { replica, environment, post, local } = this.#deps
    const keep = (kept: Promise<void>) => void kept.catch(environment.report)
    switch (message.type) {
      case 'activity':
        keep(replica.inbox.active(message.items))
        return this.#warm.active(message.items, this.#deps.me())
      case 'inbox':
        this.#openAgain(message.rows)
        replica.people.need(message.rows.flatMap(({ peer }) => peer ?? []))
        return keep(replica.inbox.learn(message.rows))
      case 'removed':
        return keep(this.#gone(message.conversation, message.words))
      case 'conversation':
        return keep(replica.learnView(message.conversation, []))
      case 'receipts':
        return keep(replica.learnReceipts(message.conversation, message.items))
      case 'typing':
        local(message)
        return post(message)
      case 'people':
        return keep(replica.people.learn(message.people))
      case 'own':
        return keep(this.#deps.own(message.own))
      case 'presence':
      case 'join-answer':
        local(message)
        return post(message)
      case 'personal':
        return replica.personal.attach(this.#documents, this.#deps.me(), message.generation)
      case 'refused':
        // Nothing waits for it: only receipts must not be lost, and they are told again.
        return this.#later(message.refusal.retryAfter ?? 0, () => this.#receipts.again())
      case 'appended':
      case 'opened':
        return
      default:
        message satisfies never
    }
  }

  /** Added while the conversation was on screen already, as one that this person may not see. */
  #openAgain(rows: readonly { conversation: ConversationId }[]): void {
    const again = rows.filter(({ conversation }) => this.#shut.delete(conversation))
    for (const { conversation } of again) this.#opened.delete(conversation)
    if (again.length > 0) this.#bringOnScreen()
  }

  async #gone(conversation: ConversationId, words: string): Promise<void> {
    this.#shut.add(conversation)
    this.#warm.forget(conversation)
    this.#tails.unfollow(conversation)
    await this.#deps.replica.forget(conversation, words)
  }

  /** The socket says that there is no session. The API knows better: a slow hello looks the same to the socket. */
  async #rejected(): Promise<void> {
    const answer = await this.#deps.api.sessions()
    if (!answer.ok && answer.refusal.code === 'signed-out') return this.#deps.sessionEnded('This session has ended. Sign in again.')
    this.#later(0, () => this.#connection.start())
  }

  #later(atLeast: number, work: () => void): void {
    const { timers, random } = this.#deps.environment
    const cancel = timers.after(atLeast + backoff(this.#failures++, random()), () => {
      this.#cancels.delete(cancel)
      work()
    })
    this.#cancels.add(cancel)
  }
}

export type TabScreen = { conversations: readonly ConversationId[]; people: readonly UserId[]; away: boolean }

type LeaderDeps = {
  environment: Environment
  replica: Replica
  api: Api
  me: () => UserId
  hello: () => { token?: string }
  post: (fact: Fact) => void
  /** What passes, for this tab's own screen. */
  local: (fact: Fact) => void
  painted: (conversation: ConversationId) => void
  connectionState: (state: ConnectionState) => void
  sessionEnded: (words: string) => void
  own: (own: OwnProfile) => Promise<void>
  /** How often the server has said what the own profile is. */
  heard: () => number
  dropEntries: ConstructorParameters<typeof Tails>[0]['dropEntries']
}
