// What a server holds, asked in two ways that share nothing: over its API, as its people would, and from the database
// file of a server that is down.

import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { Entry } from '../../shared/conversation/entry.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import { PERSONAL_ROOTS, personalDocumentName } from '../../shared/personal/document.ts'
import { EntriesPage } from '../../shared/protocol/api.ts'
import type { ServerMessage } from '../../shared/protocol/messages.ts'
import { prepareDataDir } from '../../server/dataDir.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'
import type { Found } from './ledger.ts'
import { LoadSocket } from './load/loadSocket.ts'
import type { Person } from './people.ts'

export type Wanted = { conversations: readonly ConversationId[]; people: readonly Person[] }

export async function foundInFile(dataDir: string, { conversations, people }: Wanted): Promise<Found> {
  const database = await openSqlite({ file: prepareDataDir(dataDir) })
  try {
    const logs: { conversation: ConversationId; entries: Entry[] }[] = []
    const receipts: Found['receipts'][number][] = []
    for (const conversation of conversations) {
      logs.push({ conversation, entries: await database.log.read(conversation, Seq.parse(1), await database.log.head(conversation)) })
      receipts.push(...(await database.receipts.snapshot(conversation)).map((receipt) => ({ conversation, ...receipt })))
    }
    const personal = new Map<UserId, ReadonlyMap<string, unknown>>()
    for (const { user } of people) {
      const { snapshot, updates } = await database.personal.load(user, await database.personal.generation(user))
      const document = new Y.Doc()
      if (snapshot !== null) Y.applyUpdate(document, snapshot)
      for (const { update } of updates) Y.applyUpdate(document, update)
      personal.set(user, settingsOf(document))
    }
    return { logs, receipts, personal }
  } finally {
    await database.close()
  }
}

export async function foundOverApi(origin: string, { conversations, people }: Wanted): Promise<Found> {
  const [reader] = people
  if (reader === undefined) throw new Error('nobody to ask as')
  const logs: { conversation: ConversationId; entries: Entry[] }[] = []
  const receipts: Found['receipts'][number][] = []
  const socket = new LoadSocket(origin, reader.token)
  await socket.welcome
  for (const [ref, conversation] of conversations.entries()) {
    logs.push({ conversation, entries: await allEntries(origin, reader, conversation) })
    const opened = socket.next((message): message is Extract<ServerMessage, { type: 'opened' }> => message.type === 'opened' && message.ref === ref)
    socket.send({ type: 'open', ref, conversation })
    receipts.push(...(await opened).paint.receipts.map((receipt) => ({ conversation, ...receipt })))
  }
  socket.close()
  const settings = await Promise.all(people.map(async (person) => [person.user, await settingsOver(origin, person)] as const))
  return { logs, receipts, personal: new Map(settings) }
}

async function allEntries(origin: string, reader: Person, conversation: ConversationId): Promise<Entry[]> {
  const entries: Entry[][] = []
  for (let before: number | undefined; before === undefined || before > 1; ) {
    const query = before === undefined ? 'limit=512' : `limit=512&before=${before}`
    const answer = await fetch(`${origin}/api/conversations/${conversation}/entries?${query}`, { headers: { authorization: `Bearer ${reader.token}` } })
    const page = EntriesPage.parse(await answer.json())
    entries.unshift(page.entries)
    before = page.entries[0]?.seq ?? 1
  }
  return entries.flat()
}

async function settingsOver(origin: string, person: Person): Promise<ReadonlyMap<string, unknown>> {
  const hello = new LoadSocket(origin, person.token)
  const { personalGeneration } = await hello.welcome
  hello.close()
  const document = new Y.Doc()
  const socket = new HocuspocusProviderWebsocket({ url: `${origin.replace('http', 'ws')}/sync`, WebSocketPolyfill: WebSocket })
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name: personalDocumentName(person.user, personalGeneration),
    document,
    token: person.token,
    awareness: null,
  })
  const synced = new Promise((done) => provider.on('synced', done))
  provider.attach()
  await synced
  provider.destroy()
  socket.destroy()
  return settingsOf(document)
}

function settingsOf(document: Y.Doc): ReadonlyMap<string, unknown> {
  return new Map(document.getMap(PERSONAL_ROOTS.settings).entries())
}
