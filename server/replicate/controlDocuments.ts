// The control documents that are open on this node: the events and erasures of a conversation alone, small however long its
// log is. Like a log document each is built from rows in seq order by one client, so every node builds the same bytes.
//
// Rows of this kind are few and come one by one: what is new is read from the rows again instead of being told, so nothing
// can fall between an opening and a commit.

import type * as Y from 'yjs'
import type { Entry, Erase, Event } from '../../shared/conversation/entry.ts'
import { inOrder, isControl } from '../../shared/conversation/entry.ts'
import { CONTROL_ROOT, LOG_CLIENT_ID } from '../../shared/conversation/segment.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import { CONTROL_PAGE } from '../../shared/limits.ts'
import type { LogStore } from '../../storage/database.ts'
import type { Logger } from '../logger.ts'

export class ControlDocuments {
  readonly #log: Pick<LogStore, 'control'>
  readonly #logger: Logger
  readonly #origin: unknown
  readonly #open = new Map<ConversationId, OpenControl>()

  constructor(log: Pick<LogStore, 'control'>, origin: unknown, logger: Logger) {
    this.#log = log
    this.#origin = origin
    this.#logger = logger
  }

  /** Fills an empty document and keeps it in step until it is destroyed. Rejects when the rows cannot be read. */
  async open(doc: Y.Doc, conversation: ConversationId): Promise<void> {
    const open: OpenControl = { doc, upTo: Seq.parse(0), reading: Promise.resolve() }
    const forget = () => {
      if (this.#open.get(conversation) === open) this.#open.delete(conversation)
    }
    this.#open.set(conversation, open)
    doc.once('destroy', forget)
    try {
      await this.#catchUp(open, conversation)
    } catch (error) {
      forget()
      throw error
    }
  }

  committed(conversation: ConversationId, entries: readonly Entry[]): void {
    const open = this.#open.get(conversation)
    if (open === undefined || !entries.some(isControl)) return
    this.#catchUp(open, conversation).catch((error: unknown) => this.#logger.error({ err: error }, 'a control document fell behind'))
  }

  /** One reading after the other, so that no row is pushed twice. */
  #catchUp(open: OpenControl, conversation: ConversationId): Promise<void> {
    const reading = this.#readAfter(open.reading, open, conversation)
    // A reading that failed is tried again with the next.
    open.reading = reading.catch(() => undefined)
    return reading
  }

  async #readAfter(before: Promise<void>, open: OpenControl, conversation: ConversationId): Promise<void> {
    await before
    for (let more = true; more && !open.doc.isDestroyed; ) {
      const entries = await this.#log.control(conversation, open.upTo)
      push(open, entries, this.#origin)
      more = entries.length === CONTROL_PAGE
    }
  }
}

function push(open: OpenControl, entries: readonly (Erase | Event)[], origin: unknown): void {
  const last = entries.at(-1)
  if (last === undefined || open.doc.isDestroyed) return
  open.doc.clientID = LOG_CLIENT_ID
  open.doc.transact(() => open.doc.getArray<Entry>(CONTROL_ROOT).push(entries.map(inOrder)), origin)
  open.upTo = last.seq
}

type OpenControl = { doc: Y.Doc; upTo: Seq; reading: Promise<void> }
