// What is pinned in a conversation on screen: from the server, which looks at the whole log, kept for when there is none.

import type { ConversationId } from '../../shared/ids.ts'
import { Pins as PinsAnswer } from '../../shared/protocol/api.ts'
import type { Person } from '../../shared/protocol/messages.ts'
import type { Api } from './api.ts'
import type { Readable } from './engine.ts'
import { createCell } from './readable.ts'
import { pinsKey } from './records.ts'
import type { ReplicaStore } from './replicaStore.ts'
import type { StoreWriter } from './storeWriter.ts'

type Pinned = PinsAnswer['pinned']

export class Pins {
  readonly state: Readable<Pinned>
  readonly #cell = createCell<Pinned>([])
  readonly #deps: PinsDeps
  readonly #conversation: ConversationId
  #asking = false
  #again = false

  constructor(conversation: ConversationId, deps: PinsDeps) {
    this.#conversation = conversation
    this.#deps = deps
    this.state = this.#cell
  }

  /** What was pinned when this device last heard. */
  async load(): Promise<void> {
    const stored = PinsAnswer.safeParse(await this.#deps.store.get('views', pinsKey(this.#conversation)))
    if (stored.success && this.#cell.get().length === 0) this.#cell.set(stored.data.pinned)
  }

  /** One question at a time: what changes meanwhile is asked once more. */
  async refresh(): Promise<void> {
    if (this.#asking) {
      this.#again = true
      return
    }
    this.#asking = true
    try {
      do {
        this.#again = false
        await this.#ask()
      } while (this.#again)
    } finally {
      this.#asking = false
    }
  }

  async #ask(): Promise<void> {
    const { api, writer, learnPeople } = this.#deps
    const answer = await api.pins(this.#conversation)
    if (!answer.ok) return
    await learnPeople(answer.value.people)
    this.#cell.set(answer.value.pinned)
    await writer.write([{ type: 'put', table: 'views', key: pinsKey(this.#conversation), value: answer.value }])
  }
}

type PinsDeps = { api: Pick<Api, 'pins'>; store: ReplicaStore; writer: StoreWriter; learnPeople: (people: readonly Person[]) => Promise<void> }
