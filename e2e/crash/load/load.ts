// Everything that writes during a crash round, each kind of writer a loop that ends when its connection does. They write
// down what they submit before they send it and what was promised when the promise arrives; nothing else.

import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { v7 as uuid } from 'uuid'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { ConversationId } from '../../../shared/ids.ts'
import { EntryId, Seq } from '../../../shared/ids.ts'
import { PERSONAL_ROOTS, personalDocumentName } from '../../../shared/personal/document.ts'
import { AppendAnswer } from '../../../shared/protocol/api.ts'
import type { AppendResult, ServerMessage } from '../../../shared/protocol/messages.ts'
import type { Ledger, Submitted } from '../ledger.ts'
import type { Person } from '../people.ts'
import { ConnectionLost, LoadSocket } from './loadSocket.ts'

export type Load = { origin: string; ledger: Ledger; conversation: ConversationId; signal: AbortSignal }

/** Appends over the socket, `window` requests in flight, first what an earlier connection left unanswered. */
export async function writeOverSocket({ origin, ledger, conversation, signal }: Load, person: Person, window = 4): Promise<void> {
  const socket = new LoadSocket(origin, person.token)
  signal.addEventListener('abort', () => socket.close())
  let ref = 0
  async function request(entries: Submitted[]): Promise<void> {
    const mine = ref++
    const answer = socket.next((message): message is Extract<ServerMessage, { type: 'appended' }> => message.type === 'appended' && message.ref === mine)
    socket.send({ type: 'append', ref: mine, conversation, entries: entries.map(onTheWire) })
    note(ledger, (await answer).results)
  }
  await untilLost(async () => {
    await socket.welcome
    const left = ledger.unanswered(person.user, conversation)
    for (let at = 0; at < left.length; at += 50) await request(left.slice(at, at + 50))
    while (socket.open) await Promise.all(Array.from({ length: window }, () => request(compose(ledger, conversation, person, 3))))
  })
}

/** The same over `POST /api/conversations/:id/entries`, one request at a time. */
export async function writeOverHttp({ origin, ledger, conversation, signal }: Load, person: Person): Promise<void> {
  async function request(entries: Submitted[]): Promise<void> {
    const answer = await fetch(`${origin}/api/conversations/${conversation}/entries`, {
      method: 'POST',
      headers: { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ entries: entries.map(onTheWire) }),
      signal,
    })
    if (!answer.ok) throw new ConnectionLost(answer.status)
    note(ledger, AppendAnswer.parse(await answer.json()).results)
  }
  await untilLost(async () => {
    const left = ledger.unanswered(person.user, conversation)
    for (let at = 0; at < left.length; at += 50) await request(left.slice(at, at + 50))
    while (!signal.aborted) await request(compose(ledger, conversation, person, 2))
  })
}

/** Reads as it goes: raises the own receipt to the head, and notes what the server shows of everybody's. */
export async function readAlong({ origin, ledger, conversation, signal }: Load, person: Person): Promise<void> {
  const socket = new LoadSocket(origin, person.token)
  signal.addEventListener('abort', () => socket.close())
  await untilLost(async () => {
    await socket.welcome
    const opened = socket.next((message): message is Extract<ServerMessage, { type: 'opened' }> => message.type === 'opened')
    socket.send({ type: 'open', ref: 0, conversation })
    const { paint } = await opened
    for (const receipt of paint.receipts) ledger.relayed(conversation, receipt)
    let read = paint.conversation.head
    socket.on((message) => {
      if (message.type === 'receipts') for (const receipt of message.items) ledger.relayed(message.conversation, receipt)
    })
    while (socket.open) {
      // One more than what was read last: heads are not pushed to whoever has the conversation on screen.
      read = Seq.parse(Math.min(read + 1, Math.max(ledger.highest(conversation), read)))
      socket.send({ type: 'receipts', items: [{ conversation, delivered: read, read }] })
      await paced()
    }
  })
}

/** Changes a setting after the other in the personal document, through the stock provider, each after the last was acknowledged. */
export async function changeSettings({ origin, ledger, signal }: Load, person: Person, round: number): Promise<void> {
  const hello = new LoadSocket(origin, person.token)
  await untilLost(async () => {
    const { personalGeneration } = await hello.welcome
    hello.close()
    const document = new Y.Doc()
    const socket = new HocuspocusProviderWebsocket({ url: `${origin.replace('http', 'ws')}/sync`, WebSocketPolyfill: WebSocket, maxAttempts: 1 })
    const provider = new HocuspocusProvider({ websocketProvider: socket, name: personalDocumentName(person.user, personalGeneration), document, token: person.token, awareness: null })
    const lost = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new ConnectionLost(1006)))
      socket.on('close', () => reject(new ConnectionLost(1006)))
    })
    try {
      const synced = new Promise((done) => provider.on('synced', done))
      provider.attach()
      await Promise.race([synced, lost])
      for (let change = 0; ; change++) {
        const key = `${round}.${change}`
        const saved = new Promise<void>((done) => {
          provider.on('unsyncedChanges', ({ number }: { number: number }) => {
            if (number === 0) done()
          })
        })
        document.getMap(PERSONAL_ROOTS.settings).set(key, change)
        await Promise.race([saved, lost])
        ledger.saved(person.user, key, change)
      }
    } finally {
      provider.destroy()
      socket.destroy()
    }
  })
}

function compose(ledger: Ledger, conversation: ConversationId, person: Person, count: number): Submitted[] {
  return Array.from({ length: count }, () => {
    const id = EntryId.parse(uuid())
    const entry = { conversation, author: person.user, id, text: `${person.handle} says ${id}` }
    ledger.submitted(entry)
    return { ...entry, seq: null }
  })
}

function onTheWire({ id, text }: Submitted) {
  return { id, at: Date.now(), kind: 'message' as const, body: { text } }
}

function note(ledger: Ledger, results: readonly AppendResult[]): void {
  for (const result of results) {
    if ('seq' in result) ledger.acknowledged(result.id, result.seq)
    // While going down the server may say so instead of answering; anything else is a wrong refusal.
    else if (!result.refusal.retry) throw new Error(`${result.id} was refused: ${result.refusal.code}, ${result.refusal.words}`)
  }
}

/** A load ends with its connection; that is no failure. */
async function untilLost(load: () => Promise<void>): Promise<void> {
  try {
    await load()
  } catch (error) {
    const lost = error instanceof ConnectionLost || error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError')
    if (!lost) throw error
  }
}

/** A reader is a person, not a flood: there is no answer to a receipt that could set the pace. */
function paced(): Promise<void> {
  return new Promise((done) => setTimeout(done, READ_EVERY_MS))
}

const READ_EVERY_MS = 20
