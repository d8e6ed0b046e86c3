import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { UserId } from '../../shared/ids.ts'
import { PERSONAL_DOCUMENT_MAX_BYTES, PERSONAL_MAX_CLIENT_IDS, PERSONAL_UPDATE_MAX_BYTES } from '../../shared/limits.ts'
import { draftRoot, personalDocumentName } from '../../shared/personal/document.ts'
import { StorageFullError } from '../../storage/database.ts'
import type { PersonalStore } from '../../storage/database.ts'
import type { StockReplica } from '../gateway/stage.ts'
import { stage } from '../gateway/stage.ts'
import { PersonalDocuments } from './personal.ts'

describe('the personal document', () => {
  it('is the same on all devices of a person, whoever wrote offline', async () => {
    const { people, replica, deviceOf } = await stage('alice')
    const name = personalDocumentName(people.alice.user, 0)
    const laptop = replica(people.alice, name)
    laptop.doc.getMap('mutes').set('lunch', 'written before the first connection')
    await laptop.synced
    const phone = replica(deviceOf(people.alice), name)
    phone.doc.getMap('pins').set('lunch', 1)
    await phone.synced
    await has(laptop, 'pins', 'lunch')
    await has(phone, 'mutes', 'lunch')
    expect(phone.doc.toJSON()).toEqual(laptop.doc.toJSON())
  })

  it('is durable when it is acknowledged', async () => {
    const { people, replica, database } = await stage('alice')
    const laptop = replica(people.alice, personalDocumentName(people.alice.user, 0))
    await laptop.synced
    laptop.doc.getMap('mutes').set('lunch', 'soup')
    await acknowledged(laptop)
    expect((await storedDocument(database.personal, people.alice.user)).getMap('mutes').toJSON()).toEqual({ lunch: 'soup' })
  })

  it('is compacted when the last device leaves, and loads the same', async () => {
    const { people, replica, database, sync } = await stage('alice')
    const name = personalDocumentName(people.alice.user, 0)
    const laptop = replica(people.alice, name)
    await laptop.synced
    for (const text of ['s', 'so', 'sou', 'soup']) laptop.doc.getMap('mutes').set('lunch', text)
    await acknowledged(laptop)
    expect((await database.personal.load(people.alice.user, 0)).updates.length).toBe(4)
    await sync.drain()
    const { snapshot, updates } = await database.personal.load(people.alice.user, 0)
    expect(updates).toEqual([])
    const doc = new Y.Doc()
    Y.applyUpdate(doc, snapshot!)
    expect(doc.getMap('mutes').toJSON()).toEqual({ lunch: 'soup' })
  })

  it('takes nothing again that a device which reconnects sends again', async () => {
    const { people, replica, database, connect } = await stage('alice')
    const name = personalDocumentName(people.alice.user, 0)
    const laptop = replica(people.alice, name)
    await laptop.synced
    laptop.doc.getMap('mutes').set('lunch', 'soup')
    laptop.doc.getMap('mutes').delete('lunch')
    await acknowledged(laptop)
    const again = replica(people.alice, name)
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(laptop.doc))
    await again.synced
    await acknowledged(again)
    await (await connect(people.alice)).roundTrip()
    expect((await database.personal.load(people.alice.user, 0)).updates.length).toBe(2)
  })

  it('refuses a change that is too large in words, and stays as it was', async () => {
    const { people, replica } = await stage('alice')
    const name = personalDocumentName(people.alice.user, 0)
    const laptop = replica(people.alice, name)
    await laptop.synced
    laptop.doc.getMap('mutes').set('lunch', 'soup')
    await acknowledged(laptop)
    laptop.doc.getMap('settings').set('large', 'x'.repeat(PERSONAL_UPDATE_MAX_BYTES))
    expect(await laptop.closed).toBe('This change is too large to be kept.')
    const later = replica(people.alice, name)
    await later.synced
    expect(later.doc.getMap('mutes').toJSON()).toEqual({ lunch: 'soup' })
    expect(later.doc.getMap('settings').size).toBe(0)
  })

  it('refuses to be opened while it cannot be read, and is never stored empty', async () => {
    const { people, replica, database, sync } = await stage('alice')
    const draft = new Y.Doc()
    draft.getMap('mutes').set('lunch', 'soup')
    await database.personal.appendUpdate(people.alice.user, 0, Y.encodeStateAsUpdate(draft))
    const personal = { ...database.personal }
    database.personal.load = () => Promise.reject(new Error('disk I/O error'))

    const laptop = replica(people.alice, personalDocumentName(people.alice.user, 0))
    laptop.doc.getMap('mutes').set('dinner', 'rice')
    expect(await laptop.denied).toBe('The server could not read it. Try again in a moment.')
    await sync.drain()
    expect((await storedDocument(personal, people.alice.user)).getMap('mutes').toJSON()).toEqual({ lunch: 'soup' })
  })

  it('of an old generation is refused, and the device is told the current one', async () => {
    const { people, replica, database, connect } = await stage('alice')
    await database.personal.advance(people.alice.user, 0, Y.encodeStateAsUpdate(new Y.Doc()))
    expect(await replica(people.alice, personalDocumentName(people.alice.user, 0)).denied).toBe('This document has moved on to a new generation.')
    await replica(people.alice, personalDocumentName(people.alice.user, 1)).synced
    const alice = await connect(people.alice)
    expect(await alice.next('welcome')).toMatchObject({ personalGeneration: 1 })
  })

  it('moves on to a new generation when it has seen too many devices', async () => {
    const { people, replica, connect, database } = await stage('alice')
    const many = new Y.Doc()
    for (let i = 0; i <= PERSONAL_MAX_CLIENT_IDS; i += 1) {
      many.clientID = i + 1
      many.getMap('mutes').set(`${i % 7}`, `draft ${i}`)
      if (i % 50 === 0) many.getText(draftRoot('lunch')).insert(0, `${i} `)
    }
    const update = Y.encodeStateAsUpdate(many)
    await database.personal.appendUpdate(people.alice.user, 0, update)
    const alice = await connect(people.alice)
    const laptop = replica(people.alice, personalDocumentName(people.alice.user, 0))
    await laptop.synced
    laptop.doc.getMap('pins').set('lunch', 1)
    await acknowledged(laptop)
    await left(laptop)
    expect(await alice.next('personal')).toEqual({ type: 'personal', generation: 1 })

    const next = replica(people.alice, personalDocumentName(people.alice.user, 1))
    await next.synced
    expect(next.doc.getMap('mutes').toJSON()).toEqual(many.getMap('mutes').toJSON())
    expect(next.doc.getText(draftRoot('lunch')).toJSON()).toBe(many.getText(draftRoot('lunch')).toJSON())
    expect(next.doc.getMap('pins').toJSON()).toEqual({ lunch: 1 })
    expect(next.doc.store.clients.size).toBe(1)
  })
})

describe('a compaction', () => {
  it('never claims an update that is durable and not applied yet', async () => {
    const claimed: number[] = []
    const appends: ((number: number) => void)[] = []
    const personal = new PersonalDocuments(
      store({
        appendUpdate: () => new Promise((resolve) => appends.push(resolve)),
        compact: async (_, __, ___, upTo) => void claimed.push(upTo),
      }),
    )
    const doc = new Y.Doc()
    await personal.load(doc, 'alice' as never, 0) // any user
    const [first, second] = [personal.begin(doc, new Uint8Array(2)), personal.begin(doc, new Uint8Array(2))]
    appends[0]!(1)
    appends[1]!(2)
    personal.end(doc, await second)
    await personal.compact(doc, new Uint8Array(2))
    personal.end(doc, await first)
    await personal.compact(doc, new Uint8Array(2))
    expect(claimed).toEqual([0, 2])
  })
})

it('a full disk is refused in words', async () => {
  const personal = new PersonalDocuments(store({ appendUpdate: () => Promise.reject(new StorageFullError()) }))
  const doc = new Y.Doc()
  await personal.load(doc, 'alice' as never, 0) // any user
  await expect(personal.begin(doc, new Uint8Array(2))).rejects.toMatchObject({ refusal: { code: 'storage-full', retry: true } })
})

it('the whole document has a size', async () => {
  const personal = new PersonalDocuments(store({ load: async () => ({ snapshot: null, updates: [{ number: 1, update: full }] }) }))
  const doc = new Y.Doc()
  doc.getMap('mutes').set('lunch', 'x'.repeat(PERSONAL_DOCUMENT_MAX_BYTES - 100))
  const full = Y.encodeStateAsUpdate(doc)
  await personal.load(doc, 'alice' as never, 0) // any user
  await expect(personal.begin(doc, new Uint8Array(200))).rejects.toMatchObject({ refusal: { code: 'too-large' } })
})

function store(parts: Partial<PersonalStore>): PersonalStore {
  let number = 0
  return {
    generation: async () => 0,
    appendUpdate: async () => (number += 1),
    load: async () => ({ snapshot: null, updates: [] }),
    compact: async () => undefined,
    advance: async () => 'advanced',
    ...parts,
  }
}

async function storedDocument(personal: PersonalStore, user: UserId): Promise<Y.Doc> {
  const { snapshot, updates } = await personal.load(user, 0)
  const doc = new Y.Doc()
  for (const update of [...(snapshot === null ? [] : [snapshot]), ...updates.map(({ update: bytes }) => bytes)]) Y.applyUpdate(doc, update)
  return doc
}

function has(replica: StockReplica, root: string, key: string): Promise<void> {
  return when(replica.doc, () => replica.doc.getMap(root).has(key))
}

function when(doc: Y.Doc, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!condition()) return
      doc.off('update', check)
      resolve()
    }
    doc.on('update', check)
    check()
  })
}

/** Nothing that this device wrote is without an acknowledgement. */
function acknowledged({ provider }: StockReplica): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (provider.hasUnsyncedChanges) return
      provider.off('unsyncedChanges', check)
      resolve()
    }
    provider.on('unsyncedChanges', check)
    check()
  })
}

async function left({ provider }: StockReplica): Promise<void> {
  provider.destroy()
  provider.configuration.websocketProvider.destroy()
}
