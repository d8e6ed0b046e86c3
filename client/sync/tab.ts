// The engine of one tab. Tabs share the store, and whichever leads holds the socket.
//
//   interface ── engine ── replica (memory) ── writer ── store (this device)
//                  │            ▲
//                  └─ leader ───┘ socket          other tabs ◀── facts ──▶

import type { Api } from './api.ts'
import { createApi } from './api.ts'
import { Account } from './account.ts'
import { Attention } from './attention.ts'
import { OpenConversation } from './conversation.ts'
import type { ConnectionState } from './engine.ts'
import type { Environment } from './environment.ts'
import { Fact } from './facts.ts'
import { Leader } from './leader.ts'
import { createCell } from './readable.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import type { JoinAnswer, OwnProfile } from '../../shared/protocol/messages.ts'
import { entryKey } from './records.ts'
import { Replica } from './replica.ts'
import { Screen } from './screen.ts'
import { StoreClosedError, StoreWriter } from './storeWriter.ts'

export class Tab {
  readonly environment: Environment
  readonly api: Api
  readonly account: Account
  readonly replica: Replica
  readonly screen: Screen
  readonly connection = createCell<ConnectionState>({ state: 'connecting' })
  readonly leading = createCell(false)
  readonly joinAnswers = createCell<readonly JoinAnswer[]>([])
  readonly #writer: StoreWriter
  readonly #open = new Map<ConversationId, OpenConversation>()
  readonly #stops: (() => void)[] = []
  readonly #watchedTabs = new Set<string>()
  #leader: Leader | null = null
  #persistAsked = false
  #session = 0
  #closed = false

  constructor(given: Environment) {
    // What was under way when the engine closed finds the store closed; that is no error.
    const report = (error: unknown) => (this.#closed && error instanceof StoreClosedError ? undefined : given.report(error))
    const environment = { ...given, report }
    this.environment = environment
    this.#writer = new StoreWriter(environment.store)
    this.account = new Account(environment, this.#writer, () => this.replica.changes.state.get().pending)
    this.api = createApi({ server: environment.server, fetch: environment.fetch, token: () => this.account.token, session: () => this.#session })
    this.replica = new Replica({
      environment,
      api: this.api,
      writer: this.#writer,
      post: (fact) => this.post(fact),
      me: () => this.me(),
      rowMissing: () => void this.replica.inbox.sync().catch(environment.report),
      // Only the leader asks.
      departed: async (conversation) => this.#leader?.departed(conversation),
      registersChanged: () => this.#leader?.registersChanged(),
      changesChanged: () => this.#changesChanged(),
    })
    this.screen = new Screen(() => this.#screenChanged())
  }

  async start(): Promise<void> {
    const { tabs, onNetworkChange, onHide, onAttention, timers, clock, report } = this.environment
    // Before anything is read: what changes while it is being read must not be missed.
    this.#stops.push(tabs.subscribe((note) => this.#receive(Fact.parse(note))))
    this.#stops.push(this.replica.outbox.state.subscribe(() => this.#outboxChanged()))
    if ((await this.account.load()) === 'foreign') await this.replica.wipe({ outbox: true })
    if (this.account.holder !== null) await this.replica.load()
    this.#stops.push(onNetworkChange?.((online) => this.#networkChanged(online)) ?? (() => undefined))
    this.#stops.push(onHide?.(() => void this.#flushDrafts().catch(report)) ?? (() => undefined))
    if (onAttention !== undefined) {
      const attention = new Attention({ timers, clock, changed: (away) => this.screen.setAway(away) })
      this.#stops.push(onAttention((what) => attention.note(what)), () => attention.stop())
    }
    if (!this.account.isSignedIn()) this.connection.set(this.#notConnected())
    tabs.lead(() => void this.#lead().catch(report))
    this.post({ type: 'screen', tab: tabs.tab, ...this.screen.get() })
  }

  /** Only asked while somebody is signed in, or an outbox waits for its owner. */
  me(): UserId {
    const { holder } = this.account
    if (holder === null) throw new Error('Nobody is signed in.')
    return holder.id
  }

  post(fact: Fact): void {
    if (!this.#closed) this.environment.tabs.post(fact)
  }

  open(id: ConversationId): OpenConversation {
    const known = this.#open.get(id)
    if (known !== undefined) return known.opened()
    const conversation: OpenConversation = new OpenConversation(id, {
      environment: this.environment,
      api: this.api,
      replica: this.replica,
      me: this.me(),
      expectsPaint: () => this.connection.get().state !== 'offline',
      setTyping: (thread, on) => {
        const place = { conversation: id, ...(thread === null ? {} : { thread }) }
        if (this.#leader === null) this.post({ type: 'type', ...place, on })
        else this.#leader.type(place, on)
      },
      closed: () => {
        if (this.#open.get(id) !== conversation) return
        this.#open.delete(id)
        this.screen.hide(id)
      },
    })
    this.#open.set(id, conversation)
    this.screen.show(id)
    return conversation.opened()
  }

  /** A session began here or in another tab. */
  async signedIn(): Promise<void> {
    await this.replica.load()
    this.#leader?.start()
  }

  /** Whichever tab holds the socket. */
  connect(on: boolean): void {
    this.tell({ type: 'connect', on })
  }

  /** This tab and all others. */
  tell(fact: Fact): void {
    this.#apply(fact)
    this.post(fact)
  }

  /** What the server says of this account: for this tab, the store and the other tabs. */
  async learnOwn(own: OwnProfile): Promise<void> {
    if (!(await this.account.learnOwn(own))) return
    this.post({ type: 'own', own })
    await this.replica.people.learn([own.person])
  }

  /** No session any more, here or by another tab. Memory forgets; the store was told by whoever ended it. */
  signedOut(keepOutbox: boolean): void {
    this.#session += 1
    this.#leader?.stop('Signed out.')
    // Whoever still holds one closes it; the next account gets others.
    this.#open.clear()
    this.replica.clear({ outbox: keepOutbox })
    this.screen.forgetPresence()
    this.joinAnswers.set([])
    this.connection.set(this.#notConnected())
  }

  /** The server ended the session. What this device holds goes, but what was not sent waits for its author. */
  async sessionEnded(words: string): Promise<void> {
    // It was ended here, and the server's word came late.
    if (!this.account.isSignedIn()) return
    this.signedOut(true)
    await this.replica.wipe({ outbox: true })
    await this.account.signedOut(words, true)
    this.post({ type: 'account' })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    await this.#flushDrafts()
    for (const stop of this.#stops) stop()
    this.post({ type: 'screen', tab: this.environment.tabs.tab, conversations: [], people: [], away: true })
    this.#closed = true
    this.#leader?.stop('Closed.')
    this.replica.stop()
    await this.#writer.close()
    this.environment.tabs.close()
    await this.environment.store.close()
  }

  async #flushDrafts(): Promise<void> {
    await Promise.all([...this.#open.values()].map((conversation) => conversation.flushDraft()))
  }

  async #lead(): Promise<void> {
    if (this.#closed) return
    // A leader that died may have left what this tab was never told.
    if (this.account.holder !== null) await this.replica.load()
    const { report } = this.environment
    this.#leader = new Leader({
      environment: this.environment,
      replica: this.replica,
      api: this.api,
      me: () => this.me(),
      hello: () => (this.account.token === null ? {} : { token: this.account.token }),
      post: (fact) => this.post(fact),
      local: (fact) => this.#apply(fact),
      painted: (conversation) => this.#open.get(conversation)?.painted(),
      connectionState: (state) => {
        this.#apply({ type: 'connection', connection: state })
        this.post({ type: 'connection', connection: state })
      },
      sessionEnded: (words) => void this.sessionEnded(words).catch(report),
      own: (own) => this.learnOwn(own),
      heard: () => this.account.heard,
      dropEntries: (conversation, first, last) =>
        this.#writer.write([{ type: 'deleteRange', table: 'entries', from: entryKey(conversation, first), to: entryKey(conversation, last + 1) }]),
    })
    this.leading.set(true)
    this.#leader.screenChanged(this.environment.tabs.tab, this.screen.get())
    this.post({ type: 'leading' })
    if (this.account.isSignedIn()) this.#leader.start()
  }

  #receive(fact: Fact): void {
    if (!this.#closed) this.#apply(fact)
  }

  #apply(fact: Fact): void {
    const { replica, screen, environment } = this
    switch (fact.type) {
      case 'account':
        return void this.#accountChanged().catch(environment.report)
      case 'entries':
        return replica.applyEntries(fact.conversation, fact.entries)
      case 'erased':
        return replica.applyErased(fact.conversation, fact.targets)
      case 'view':
        replica.applyView(fact.view, fact.receipts)
        return this.#open.get(fact.view.id)?.painted()
      case 'receipts':
        return replica.applyReceipts(fact.conversation, fact.items)
      case 'rows':
        return replica.inbox.apply(fact.rows)
      case 'inbox-progress':
        return replica.inbox.applyProgress(fact.progress)
      case 'own':
        return this.account.applyOwn(fact.own)
      case 'people':
        return replica.people.apply(fact.people)
      case 'gone':
        return replica.applyGone(fact.conversation, fact.words)
      case 'outbox':
        return replica.outbox.apply(fact.put, fact.removed)
      case 'changes':
        return replica.changes.apply(fact.put, fact.removed)
      case 'register':
        return replica.registers.apply(fact.conversation, fact.register)
      case 'thread-mark':
        return replica.threadMarks.apply(fact.mark)
      case 'personal':
        return void replica.personal.apply(fact).catch(environment.report)
      case 'connection':
        return this.#connectionChanged(fact.connection)
      case 'typing':
        return this.#open.get(fact.conversation)?.typed(fact.user, fact.on, fact.thread)
      case 'presence':
        return screen.learnPresence(fact.items)
      case 'join-answer':
        return this.joinAnswers.set([...this.#answersWithout(fact.conversation), fact])
      case 'join-answer-read':
        return this.joinAnswers.set(this.#answersWithout(fact.conversation))
      case 'leading':
        return this.#screenChanged()
      case 'screen':
        return this.#otherScreen(fact)
      case 'type':
        return this.#leader?.type({ conversation: fact.conversation, thread: fact.thread }, fact.on)
      case 'wake':
        return this.#leader?.wake()
      case 'connect':
        return fact.on ? this.#leader?.start() : this.#leader?.stop('Signing out.')
      default:
        fact satisfies never
    }
  }

  #answersWithout(conversation: ConversationId): JoinAnswer[] {
    return this.joinAnswers.get().filter((answer) => answer.conversation !== conversation)
  }

  async #accountChanged(): Promise<void> {
    const before = this.account.holder?.id
    await this.account.load()
    if (!this.account.isSignedIn()) return this.signedOut(this.account.holder !== null)
    if (before !== undefined && before !== this.account.holder?.id) this.replica.clear({ outbox: false })
    await this.signedIn()
  }

  #connectionChanged(connection: ConnectionState): void {
    this.connection.set(connection)
    if (connection.state !== 'online') this.screen.forgetPresence()
    for (const conversation of this.#open.values()) conversation.connectionChanged()
  }

  #networkChanged(online: boolean): void {
    if (!online) return this.#leader?.lose('This device is offline.')
    if (this.#leader === null) this.post({ type: 'wake' })
    else this.#leader.wake()
  }

  #outboxChanged(): void {
    // Who replied and then left the thread leaves it once the reply has arrived.
    if (this.replica.changes.state.get().pending.length > 0) this.#leader?.changesChanged()
    if (this.replica.outbox.state.get().pending === 0) return
    this.#leader?.outboxChanged(this.replica.outbox.conversations())
    this.#askToPersist()
  }

  #changesChanged(): void {
    this.account.changed()
    this.#leader?.changesChanged()
    if (this.replica.changes.state.get().pending.length > 0) this.#askToPersist()
  }

  /** Something is on this device alone. */
  #askToPersist(): void {
    if (this.#persistAsked) return
    this.#persistAsked = true
    this.environment.persist?.().catch(this.environment.report)
  }

  #screenChanged(): void {
    const { tab } = this.environment.tabs
    if (this.#leader === null) this.post({ type: 'screen', tab, ...this.screen.get() })
    else this.#leader.screenChanged(tab, this.screen.get())
  }

  #otherScreen(screen: { tab: string; conversations: readonly ConversationId[]; people: readonly UserId[]; away: boolean }): void {
    const leader = this.#leader
    if (leader === null) return
    if (!this.#watchedTabs.has(screen.tab)) {
      this.#watchedTabs.add(screen.tab)
      this.environment.tabs.onGone(screen.tab, () => {
        this.#watchedTabs.delete(screen.tab)
        leader.screenChanged(screen.tab, null)
      })
      // It may have come after the last news of the connection.
      this.post({ type: 'connection', connection: this.connection.get() })
    }
    leader.screenChanged(screen.tab, screen)
  }

  #notConnected(): ConnectionState {
    return { state: 'offline', since: this.environment.clock(), retryAt: null, words: 'Not signed in.' }
  }
}
