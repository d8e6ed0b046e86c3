/**
 * Updates as a room of ordinary Yjs clients would make them, without a document per client.
 *
 * An ordinary client pushes to the right of the last item it knows. Where that item is matters: a
 * push that names an older one makes the server scan all that came since. So one document per room
 * follows the server, and every author of the room pushes after its end; only an author whose own
 * last push has not come back yet pushes after that one.
 */
import { createEncoder, toUint8Array, writeAny, writeUint8, writeVarString, writeVarUint } from 'lib0/encoding'
import * as Y from 'yjs'

export class YjsRoom {
  readonly #document = new Y.Doc()
  readonly #array = this.#document.getArray(ARRAY_NAME)
  #unread: Uint8Array[] = []
  #last: Y.ID | null = null

  /** Keeps the update for the next push; the caller must not reuse its bytes. */
  receive(update: Uint8Array): void {
    this.#unread.push(update)
  }

  push(author: YjsAuthor, value: Record<string, string | number>): Uint8Array {
    this.#readUpdates()
    const ownInFlight = author.clock > Y.getState(this.#document.store, author.client)
    const origin = ownInFlight ? Y.createID(author.client, author.clock - 1) : this.#last
    const update = encodePush(author, origin, value)
    author.clock += 1
    return update
  }

  close(): void {
    this.#document.destroy()
  }

  #readUpdates(): void {
    for (const update of this.#unread) Y.applyUpdate(this.#document, update)
    this.#unread = []
    // Items are looked up by id because Yjs merges neighbours and leaves stale objects behind.
    // oxlint-disable-next-line no-underscore-dangle -- Yjs has no public way to its first item
    let item = this.#last === null ? this.#array._start : Y.getItem(this.#document.store, this.#last)
    while (item?.right) item = item.right
    this.#last = item?.lastId ?? null
  }
}

/** One item with ContentAny and no deletions, in Yjs' first update format. */
const encodePush = (author: YjsAuthor, origin: Y.ID | null, value: Record<string, string | number>): Uint8Array => {
  const encoder = createEncoder()
  writeVarUint(encoder, 1) // clients
  writeVarUint(encoder, 1) // items of this client
  writeVarUint(encoder, author.client)
  writeVarUint(encoder, author.clock)
  writeUint8(encoder, CONTENT_ANY | (origin === null ? 0 : HAS_ORIGIN))
  if (origin === null) {
    writeVarUint(encoder, 1) // the parent is a root type
    writeVarString(encoder, ARRAY_NAME)
  } else {
    writeVarUint(encoder, origin.client)
    writeVarUint(encoder, origin.clock)
  }
  writeVarUint(encoder, 1) // values
  writeAny(encoder, value)
  writeVarUint(encoder, 0) // clients with deletions
  return toUint8Array(encoder)
}

export const ARRAY_NAME = 'entries'
const CONTENT_ANY = 8
const HAS_ORIGIN = 0x80

export type YjsAuthor = { readonly client: number; clock: number }
