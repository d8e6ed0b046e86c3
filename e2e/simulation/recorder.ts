// Writes the history of a run down while it happens, in names that people read, and the list of steps that led there.

import type { Append, AppendResult } from '../../shared/protocol/messages.ts'
import { ClientMessage, ServerMessage } from '../../shared/protocol/messages.ts'
import type { Happening } from './history.ts'
import { eventText } from './history.ts'
import type { Witness } from './mortalDatabase.ts'
import type { Traffic } from './network.ts'
import type { VirtualTime } from './virtualTime.ts'
import { START } from './virtualTime.ts'

export class Recorder {
  readonly events: (Happening & { at: number })[] = []
  readonly steps: string[] = []
  readonly #time: VirtualTime
  /** User and conversation ids → names. */
  readonly #names = new Map<string, string>()
  readonly #conversationOf = new Map<string, string>()
  /** What was asked on a connection, by its ref. */
  readonly #asked = new Map<string, { conversation: string; ids: string[] }>()

  /** What engines sent, by person: to be sent again. */
  readonly sent = new Map<string, Pick<Append, 'conversation' | 'entries'>[]>()

  constructor(time: VirtualTime) {
    this.#time = time
  }

  name(id: string, name: string): void {
    this.#names.set(id, name)
  }

  /** A conversation has a name only after it was made: what was recorded under its id gets the name. */
  rename(id: string, name: string): void {
    this.name(id, name)
    for (const event of this.events) if ('conversation' in event && event.conversation === id) event.conversation = name
  }

  nameOf(id: string): string {
    return this.#names.get(id) ?? id
  }

  /** What was done, for people: not judged. */
  step(words: string): void {
    this.steps.push(`${((this.#time.now - START) / 1000).toFixed(3).padStart(9)} s  ${words}`)
  }

  record(event: Happening): void {
    if (event.type === 'submitted' || event.type === 'forged' || event.type === 'committed') this.#conversationOf.set(event.id, event.conversation)
    this.events.push({ ...event, at: this.#time.now })
  }

  readonly witness: Witness = {
    committed: (conversation, author, { id, seq, text }) => {
      this.record({ type: 'committed', conversation: this.nameOf(conversation), id, seq, author: this.nameOf(author), text })
    },
    happened: (conversation, author, { id, seq }) => {
      this.record({ type: 'typed', device: 'the server', user: this.nameOf(author), conversation: this.nameOf(conversation), text: eventText(id), replyTo: null })
      this.record({ type: 'committed', conversation: this.nameOf(conversation), id, seq, author: this.nameOf(author), text: eventText(id) })
    },
    membership: (conversation, users, member, head) => {
      for (const user of users) this.record({ type: 'membership', conversation: this.nameOf(conversation), user: this.nameOf(user), member, head })
    },
  }

  readonly traffic: Traffic = {
    clientSaid: (connection, device, data) => {
      if (typeof data !== 'string') return
      const parsed = ClientMessage.parse(JSON.parse(data))
      if (parsed.type !== 'append') return
      // Our own engines send entries that are some.
      const message = parsed as Append
      const [user = ''] = device.split('/')
      this.sent.set(user, [...(this.sent.get(user) ?? []), message])
      this.#asked.set(`${connection} ${message.ref}`, { conversation: this.nameOf(message.conversation), ids: message.entries.map(({ id }) => id) })
    },
    serverSaid: (connection, device, data) => {
      if (typeof data === 'string') this.#answer(connection, device, ServerMessage.parse(JSON.parse(data)))
      this.#carry(device, typeof data === 'string' ? data : Buffer.from(data).toString('latin1'))
    },
    answered: (device, body) => this.#carry(device, body),
  }

  #answer(connection: number, device: string, message: ServerMessage): void {
    const asked = 'ref' in message ? this.#asked.get(`${connection} ${message.ref}`) : undefined
    if (asked === undefined) return
    const { conversation, ids } = asked
    if (message.type === 'refused') {
      const { code, retry } = message.refusal
      for (const id of ids) this.record({ type: 'refused', device, conversation, id, code, retry })
    }
    if (message.type !== 'appended') return
    this.answered(device, conversation, message.results)
  }

  answered(device: string, conversation: string, results: readonly AppendResult[]): void {
    for (const result of results) {
      if ('seq' in result) this.record({ type: 'acknowledged', device, conversation, id: result.id, seq: result.seq })
      else this.record({ type: 'refused', device, conversation, id: result.id, code: result.refusal.code, retry: result.refusal.retry })
    }
  }

  #carry(device: string, bytes: string): void {
    const ids = [...new Set(bytes.match(UUID))].filter((id) => this.#conversationOf.has(id))
    const [user = ''] = device.split('/')
    if (ids.length > 0) this.record({ type: 'carried', device, user, ids })
  }
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g
