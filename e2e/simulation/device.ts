// A device of a simulated world: the real engine on a store that survives it, a link that may fail, and a clock that may
// be wrong by a day. It has lives: a crash ends one in mid-thought, a start begins the next from what the store kept.
//
// What it shows is written down at each change, not only when things have calmed down.

import { v7 as uuidv7 } from 'uuid'
import { createEngine } from '../../client/sync/create.ts'
import type { Conversation, Engine, TimelineItem } from '../../client/sync/engine.ts'
import { soloTab } from '../../client/sync/tabs.ts'
import type { MessageBody } from '../../shared/conversation/entry.ts'
import type { ConversationId, EntryId, UserId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import type { Random } from '../random.ts'
import { DeviceStore } from './deviceStore.ts'
import { eventText } from './history.ts'
import type { Shown } from './history.ts'
import type { Link } from './network.ts'
import type { Recorder } from './recorder.ts'
import type { VirtualTime } from './virtualTime.ts'

/** How much of the end of a timeline a screen shows. */
const SCREEN_ITEMS = 30
/** Somebody whose device asks to sign in does so, sooner or later. */
const SIGN_IN_AGAIN_MS = 3_000
const PASSWORD = 'correct horse battery'

export class Device {
  readonly name: string
  readonly user: string
  readonly link: Link
  readonly #deps: DeviceDeps
  readonly #store = new DeviceStore()
  #life: Life | null = null

  constructor(user: string, kind: string, link: Link, deps: DeviceDeps) {
    this.user = user
    this.name = `${user}/${kind}`
    this.link = link
    this.#deps = deps
  }

  /** It has read its store and can be used. */
  get running(): boolean {
    return this.#life?.engine !== undefined
  }

  get engine(): Engine {
    const engine = this.#life?.engine
    if (engine === undefined) throw new Error(`${this.name} is not running`)
    return engine
  }

  async start(): Promise<void> {
    if (this.#life !== null) return
    const { store, crash: killStore } = this.#store.open()
    const timers = new Set<() => void>()
    const life: Life = { engine: undefined, killStore, timers, open: new Map() }
    this.#life = life
    const engine = await createEngine(this.#environment(store, timers))
    // It may have crashed over reading its store.
    if (this.#life !== life) return
    life.engine = engine
    engine.account.subscribe(() => this.#signInWhenAsked(life))
    this.#signInWhenAsked(life)
  }

  get userId(): UserId {
    const account = this.engine.account.get()
    if (account.state !== 'signed-in') throw new Error(`${this.name} is not signed in`)
    return account.person.id
  }

  get signedIn(): boolean {
    return this.#life?.engine?.account.get().state === 'signed-in'
  }

  async signUp(): Promise<void> {
    const outcome = await this.engine.signUp({ handle: this.user, name: this.user, password: PASSWORD })
    if (!outcome.ok) throw new Error(`${this.user} could not sign up: ${outcome.refusal.words}`)
    this.#deps.recorder.name(outcome.value.id, this.user)
  }

  async signIn(): Promise<void> {
    const outcome = await this.engine.signIn({ handle: this.user, password: PASSWORD })
    if (!outcome.ok) throw new Error(`${this.name} could not sign in: ${outcome.refusal.words}`)
  }

  crash(): void {
    const life = this.#life
    if (life === null) return
    this.#life = null
    life.killStore()
    for (const cancel of life.timers) cancel()
    this.link.deviceCrashed()
  }

  /** The crash of a device whose battery is empty: what was written relaxed at the end may be gone. */
  async losePower(random: Random): Promise<void> {
    this.crash()
    this.#deps.recorder.record({ type: 'lost power', device: this.name })
    await this.#store.losePower(random)
  }

  loseStore(): void {
    this.crash()
    this.#store.lose()
    this.#deps.recorder.record({ type: 'forgot', device: this.name })
  }

  /** On screen from here on, until closed or crashed. */
  open(id: ConversationId): Conversation {
    const life = this.#life
    const known = life?.open.get(id)
    if (known !== undefined) return known
    const conversation = this.engine.open(id)
    if (life === null) throw new Error('an engine has a life')
    life.open.set(id, conversation)
    conversation.timeline.subscribe(() => this.#show(life, conversation))
    conversation.receipts.subscribe(() => this.#showReceipts(life, conversation))
    return conversation
  }

  close(id: ConversationId): void {
    const conversation = this.#life?.open.get(id)
    this.#life?.open.delete(id)
    conversation?.close()
  }

  get onScreen(): readonly Conversation[] {
    return [...(this.#life?.open.values() ?? [])]
  }

  async send(id: ConversationId, body: MessageBody): Promise<void> {
    const { recorder } = this.#deps
    const about = { device: this.name, user: this.user, conversation: recorder.nameOf(id), text: body.text, replyTo: body.replyTo ?? null }
    recorder.record({ type: 'typed', ...about })
    const entry = await this.open(id).send(body)
    recorder.record({ type: 'submitted', ...about, id: entry })
  }

  /** With words, about a message: an edit or a reply in its thread. */
  async annotate(id: ConversationId, of: EntryId, text: string, act: () => Promise<unknown>): Promise<void> {
    const { recorder } = this.#deps
    recorder.record({ type: 'annotated', device: this.name, user: this.user, conversation: recorder.nameOf(id), of, text })
    await act()
  }

  /** What the screen shows of messages that the server holds. */
  messages({ timeline }: Conversation): TimelineItem[] {
    const { head } = timeline.get()
    return Array.from({ length: Math.min(head, SCREEN_ITEMS) }, (_, back) => timeline.at(head - 1 - back)).flatMap((item) => (item?.kind === 'message' && 'seq' in item.mark ? [item] : []))
  }

  /** Everything its store holds, to look for words in. */
  dump(): Promise<string> {
    return this.#store.dump()
  }

  markRead(id: ConversationId, read: number): Promise<void> {
    return this.#read(id, read, () => this.open(id).markRead(Seq.parse(read)))
  }

  /** From the list. */
  markAllRead(id: ConversationId): Promise<void> {
    return this.#read(id, this.open(id).timeline.get().head, () => this.engine.markAllRead(id))
  }

  /** The badge counts from there again; until the next `markRead`, on any device of this person. */
  async markUnreadFrom(id: ConversationId, from: number): Promise<void> {
    await this.open(id).markUnreadFrom(Seq.parse(from))
  }

  async discard(id: ConversationId, entry: EntryId): Promise<void> {
    await this.open(id).discard(entry)
    this.#deps.recorder.record({ type: 'discarded', device: this.name, id: entry })
  }

  /** What the timeline holds in memory of its last `count` places. */
  items(conversation: Conversation, count = SCREEN_ITEMS): Shown[] {
    const { timeline } = conversation
    const { length } = timeline.get()
    const items: Shown[] = []
    for (let index = Math.max(0, length - count); index < length; index++) {
      const item = timeline.at(index)
      if (item === undefined) continue
      const { id, kind, body, mark } = item
      items.push({ index, id, kind, author: this.#deps.recorder.nameOf(item.author), text: item.event === null ? body.text : eventText(id), replyTo: body.replyTo ?? null, mark: mark.state, seq: 'seq' in mark ? mark.seq : null })
    }
    return items
  }

  /** Why entries were refused, by id. */
  reasons({ timeline }: Conversation): Record<string, string> {
    const reasons: Record<string, string> = {}
    for (let index = timeline.get().head; index < timeline.get().length; index++) {
      const item = timeline.at(index)
      if (item?.mark.state === 'refused') reasons[item.id] = item.mark.refusal.words
    }
    return reasons
  }

  #show(life: Life, conversation: Conversation): void {
    if (this.#life !== life || life.open.get(conversation.id) !== conversation) return
    const items = this.items(conversation)
    if (items.length === 0) return
    this.#deps.recorder.record({ type: 'shown', device: this.name, user: this.user, conversation: this.#deps.recorder.nameOf(conversation.id), items })
  }

  #showReceipts(life: Life, conversation: Conversation): void {
    if (this.#life !== life) return
    const { recorder } = this.#deps
    for (const [user, { delivered, read }] of conversation.receipts.get()) {
      recorder.record({ type: 'register', device: this.name, conversation: recorder.nameOf(conversation.id), user: recorder.nameOf(user), delivered, read })
    }
  }

  #signInWhenAsked(life: Life): void {
    const asked = (): boolean => this.#life === life && life.engine?.account.get().state === 'signed-out'
    if (!asked()) return
    this.#deps.time.after(SIGN_IN_AGAIN_MS, () => {
      if (asked()) this.#deps.work(this.#signInAgain(life))
    })
  }

  async #read(id: ConversationId, read: number, mark: () => Promise<void>): Promise<void> {
    const { recorder } = this.#deps
    const about = { device: this.name, user: this.user, conversation: recorder.nameOf(id), read }
    recorder.record({ type: 'meant', ...about })
    await mark()
    recorder.record({ type: 'asserted', ...about })
  }

  async #signInAgain(life: Life): Promise<void> {
    const outcome = await life.engine?.signIn({ handle: this.user, password: PASSWORD })
    if (outcome?.ok === false) this.#signInWhenAsked(life)
  }

  #environment(store: Parameters<typeof createEngine>[0]['store'], timers: Set<() => void>): Parameters<typeof createEngine>[0] {
    const { time, random, skew, fail } = this.#deps
    const clock = (): number => Math.floor(time.now) + skew
    let ids = 0
    return {
      server: new URL('https://parley.example/'),
      store,
      tabs: soloTab(),
      fetch: this.link.fetch,
      WebSocket: this.link.webSocket(),
      clock,
      random: () => random.real(),
      newId: () => uuidv7({ msecs: clock(), seq: ids++, random: random.bytes(16) }),
      timers: {
        after(milliseconds, callback) {
          const cancel = time.after(milliseconds, () => {
            timers.delete(cancel)
            callback()
          })
          timers.add(cancel)
          return () => {
            timers.delete(cancel)
            cancel()
          }
        },
      },
      credentials: 'bearer',
      deviceLabel: this.name,
      report: fail,
    }
  }
}

/** `engine`: undefined until the store was read. */
type Life = { engine: Engine | undefined; killStore: () => void; timers: Set<() => void>; open: Map<ConversationId, Conversation> }

export type DeviceDeps = {
  time: VirtualTime
  recorder: Recorder
  random: Random
  /** Milliseconds that its clock is wrong by. */
  skew: number
  /** Something that goes on by itself; a rejection is a failure of the run. */
  work: (promise: Promise<unknown>) => void
  fail: (error: unknown) => void
}
