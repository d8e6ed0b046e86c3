// How far this person has read each thread they follow: max-registers, as their receipts are (registers.ts). Raised here,
// durable here, joined on the server, and asserted again until it is known to have them.

import { EVERY_THREAD } from '../../shared/conversation/thread.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import type { ThreadMark } from '../../shared/protocol/messages.ts'
import type { Fact } from './facts.ts'
import { StoredThreadMark, threadMarkKey } from './records.ts'
import type { ReplicaStore } from './replicaStore.ts'
import { AFTER_LAST_KEY, FIRST_KEY } from './replicaStore.ts'
import type { StoreWriter } from './storeWriter.ts'

export class ThreadMarks {
  readonly #deps: ThreadMarksDeps
  readonly #marks = new Map<ConversationId, Map<Seq, StoredThreadMark>>()

  constructor(deps: ThreadMarksDeps) {
    this.#deps = deps
  }

  async load(): Promise<void> {
    for (const { value } of await this.#deps.store.range('registers', FIRST_KEY, AFTER_LAST_KEY)) {
      const mark = StoredThreadMark.safeParse(value)
      // Receipts stand beside them.
      if (mark.success) this.apply(mark.data)
    }
  }

  /** As raised here, also with every other thread; 0: never. */
  of(conversation: ConversationId, thread: Seq): Seq {
    const marks = this.#marks.get(conversation)
    const [own, every] = [marks?.get(thread)?.read ?? NONE, marks?.get(EVERY_THREAD)?.read ?? NONE]
    return own > every ? own : every
  }

  /** Resolves when it is durable. A lower value changes nothing. */
  raise(conversation: ConversationId, thread: Seq, read: Seq): Promise<void> {
    if (read <= this.of(conversation, thread)) return Promise.resolve()
    return this.#set({ conversation, thread, read, confirmed: false })
  }

  /** What the server has: it need not be told again. */
  async confirm({ conversation, thread, read }: ThreadMark): Promise<void> {
    const mark = this.#marks.get(conversation)?.get(thread)
    if (mark === undefined || mark.confirmed || mark.read > read) return
    await this.#set({ ...mark, confirmed: true })
  }

  unconfirmed(): ThreadMark[] {
    const marks = [...this.#marks.values()].flatMap((those) => [...those.values()])
    return marks.filter(({ confirmed }) => !confirmed).map(({ conversation, thread, read }) => ({ conversation, thread, read }))
  }

  /** Also how other tabs tell what they raised. */
  apply(mark: StoredThreadMark): void {
    const marks = this.#marks.get(mark.conversation) ?? new Map<Seq, StoredThreadMark>()
    const before = marks.get(mark.thread)
    if (before !== undefined && before.read > mark.read) return
    this.#marks.set(mark.conversation, marks.set(mark.thread, mark))
    this.#deps.changed(mark.conversation)
  }

  forget(conversation: ConversationId): void {
    this.#marks.delete(conversation)
  }

  clear(): void {
    this.#marks.clear()
  }

  async #set(mark: StoredThreadMark): Promise<void> {
    this.apply(mark)
    await this.#deps.writer.write([{ type: 'put', table: 'registers', key: threadMarkKey(mark), value: mark }])
    this.#deps.post({ type: 'thread-mark', mark })
  }
}

const NONE = Seq.parse(0)

type ThreadMarksDeps = {
  store: ReplicaStore
  writer: StoreWriter
  post: (fact: Fact) => void
  changed: (conversation: ConversationId) => void
}
