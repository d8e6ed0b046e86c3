// The personal document on this device: drafts, pins, mutes, unread-from-here. Written at once, also offline; Yjs merges
// what several devices and tabs wrote.
//
// Each change is kept as an update in the store, and its key as `unsent` until the server acknowledged it. When the server
// begins a new generation, nothing of the old document fits the new one, so what is unsent is written again, by value.

import * as Y from 'yjs'
import type { UserId } from '../../shared/ids.ts'
import { PERSONAL_UPDATE_MAX_BYTES } from '../../shared/limits.ts'
import type { PERSONAL_ROOTS } from '../../shared/personal/document.ts'
import { DRAFT_ROOT, draftRoot, personalDocumentName } from '../../shared/personal/document.ts'
import type { Attachment, Documents } from './documents.ts'
import type { Fact, FactOf } from './facts.ts'
import { PersonalProgress } from './records.ts'
import type { ReplicaStore, StoreWrite } from './replicaStore.ts'
import { prefixed } from './replicaStore.ts'
import type { StoreWriter } from './storeWriter.ts'
import { editBetween, rebased } from './textEdit.ts'

/** More updates than this are merged into one when they are read. */
const UPDATES_MAX = 64

export type PersonalRoot = (typeof PERSONAL_ROOTS)[keyof typeof PERSONAL_ROOTS]

export class Personal {
  readonly #deps: PersonalDeps
  #doc: Y.Doc
  #generation = 0
  /** What was changed here and is not known to have arrived → how often it changed. */
  readonly #unsent = new Map<string, number>()
  #attached: Attached | null = null

  constructor(deps: PersonalDeps) {
    this.#deps = deps
    this.#doc = this.#fresh()
  }

  async load(): Promise<void> {
    const progress = PersonalProgress.safeParse(await this.#deps.store.get('profile', 'personal'))
    if (progress.success) {
      this.#generation = progress.data.generation
      for (const key of progress.data.unsent) this.#unsent.set(key, 1)
    }
    await this.#readUpdates()
    this.#deps.changed()
  }

  get(root: PersonalRoot, key: string): unknown {
    return this.#doc.getMap(root).get(key)
  }

  keys(root: PersonalRoot): string[] {
    return [...this.#doc.getMap(root).keys()]
  }

  /** Shown at once; resolves when it is durable on this device. */
  async set(root: PersonalRoot, key: string, value: string | number | undefined): Promise<void> {
    if (this.get(root, key) === value) return
    await this.#change(`${root}/${key}`, (doc) => {
      setValue(doc, `${root}/${key}`, value)
    })
  }

  async #change(name: string, change: (doc: Y.Doc) => void): Promise<void> {
    this.#unsent.set(name, (this.#unsent.get(name) ?? 0) + 1)
    const update = this.#edit(() => {
      change(this.#doc)
    })
    this.#deps.changed()
    this.#send(update, [name])
    await this.#keep(update, [name])
  }

  draft(key: string): string {
    return this.#doc.getText(draftRoot(key)).toJSON()
  }

  /** What was made of `base` is made of what the draft is by now: another device may have written into it meanwhile. */
  async setDraft(key: string, text: string, base: string): Promise<void> {
    const now = this.draft(key)
    const mine = editBetween(base, text)
    const { at, remove, insert } = now === base ? mine : rebased(mine, editBetween(base, now))
    if (remove === 0 && insert === '') return
    await this.#change(draftRoot(key), (doc) => {
      const draft = doc.getText(draftRoot(key))
      draft.delete(at, remove)
      draft.insert(at, insert)
    })
  }

  /** From another tab: `local`, what it changed. */
  async apply(fact: FactOf<'personal'>): Promise<void> {
    if (fact.generation !== this.#generation) {
      this.#generation = fact.generation
      this.#doc = this.#fresh()
      await this.#readUpdates()
    }
    Y.applyUpdate(this.#doc, fact.update)
    for (const name of fact.local) this.#unsent.set(name, (this.#unsent.get(name) ?? 0) + 1)
    if (fact.local.length > 0) this.#send(new Uint8Array(fact.update), fact.local)
    this.#deps.changed()
  }

  /** The leader keeps the document in step with the server. */
  attach(documents: Documents, user: UserId, generation: number): void {
    if (this.#attached?.generation === generation && this.#attached.user === user) return
    this.detach()
    // A new generation fills a document of its own; ours is shown until that one is complete.
    const doc = generation === this.#generation ? this.#doc : this.#fresh()
    const attached: Attached = { user, generation, doc, sent: [], attachment: null }
    this.#attached = attached
    attached.attachment = documents.attach(personalDocumentName(user, generation), {
      stateVector: () => {
        // A connection begins: what was sent on another one is not acknowledged any more.
        attached.sent.length = 0
        return Y.encodeStateVector(doc)
      },
      update: (update, type) => this.#receive(attached, update, type),
      answer: (stateVector) => {
        // A new generation does not have what is unsent until that is written again.
        attached.sent.push(doc === this.#doc ? [...this.#unsent] : [])
        return new Uint8Array(Y.encodeStateAsUpdate(doc, stateVector))
      },
      status: (applied) => this.#acknowledged(attached, applied),
      ended: () => {
        if (this.#attached === attached) this.#attached = null
      },
    })
  }

  detach(): void {
    this.#attached?.attachment?.detach()
    this.#attached = null
  }

  clear(): void {
    this.detach()
    this.#doc = this.#fresh()
    this.#generation = 0
    this.#unsent.clear()
    this.#deps.changed()
  }

  #receive(attached: Attached, update: Uint8Array<ArrayBuffer>, type: 'step2' | 'update'): void {
    Y.applyUpdate(attached.doc, update)
    if (attached.doc === this.#doc) {
      this.#deps.changed()
      this.#keep(update, []).catch(this.#deps.report)
    } else if (type === 'step2') {
      this.#moveTo(attached).catch(this.#deps.report)
    }
  }

  async #moveTo(attached: Attached): Promise<void> {
    // A server in the same process answers before `attach` has returned what is needed to send.
    await Promise.resolve()
    if (this.#attached !== attached || attached.doc === this.#doc) return
    const values = [...this.#unsent.keys()].map((name) => ({ name, value: valueAt(this.#doc, name) }))
    const before = this.#generation
    this.#doc = attached.doc
    this.#generation = attached.generation
    const update = this.#edit(() => {
      for (const { name, value } of values) setValue(this.#doc, name, value)
    })
    this.#deps.changed()
    if (values.length > 0) this.#send(update, [...this.#unsent.keys()])
    await this.#keep(new Uint8Array(Y.encodeStateAsUpdate(this.#doc)), [])
    await this.#deps.writer.write([{ type: 'deleteRange', table: 'personal', ...prefixed(`${before}/`) }])
  }

  #acknowledged(attached: Attached, applied: boolean): void {
    const sent = attached.sent.shift()
    if (sent === undefined || !applied) return
    for (const [name, count] of sent) if (this.#unsent.get(name) === count) this.#unsent.delete(name)
    this.#deps.writer.write([this.#progress()]).catch(this.#deps.report)
  }

  #send(update: Uint8Array<ArrayBuffer>, names: readonly string[]): void {
    const attached = this.#attached
    if (attached?.doc !== this.#doc) return
    // A large change travels like those made offline: as the answer to a state vector, which has room for everything.
    const type = update.byteLength > PERSONAL_UPDATE_MAX_BYTES ? 'step2' : 'update'
    if (attached.attachment?.send(update, type) !== true) return
    attached.sent.push(names.map((name) => [name, this.#unsent.get(name) ?? 0]))
  }

  async #keep(update: Uint8Array<ArrayBuffer>, local: string[]): Promise<void> {
    const generation = this.#generation
    const put: StoreWrite = { type: 'put', table: 'personal', key: `${generation}/${this.#deps.newId()}`, value: update }
    await this.#deps.writer.write([put, this.#progress()])
    this.#deps.post({ type: 'personal', generation, update, local })
  }

  async #readUpdates(): Promise<void> {
    const stored = await this.#deps.store.range('personal', prefixed(`${this.#generation}/`).from, prefixed(`${this.#generation}/`).to)
    const updates = stored.flatMap(({ value }) => (value instanceof Uint8Array ? [value] : []))
    for (const update of updates) Y.applyUpdate(this.#doc, update)
    if (updates.length <= UPDATES_MAX) return
    // Only what was read goes: another tab may write in this moment.
    await this.#deps.writer.write([
      { type: 'put', table: 'personal', key: `${this.#generation}/${this.#deps.newId()}`, value: Y.mergeUpdates(updates) },
      ...stored.map(({ key }): StoreWrite => ({ type: 'delete', table: 'personal', key })),
    ])
  }

  #edit(change: () => void): Uint8Array<ArrayBuffer> {
    const before = Y.encodeStateVector(this.#doc)
    let update: Uint8Array = Y.encodeStateAsUpdate(this.#doc, before)
    const listen = (made: Uint8Array) => {
      update = made
    }
    this.#doc.on('update', listen)
    this.#doc.transact(change)
    this.#doc.off('update', listen)
    return new Uint8Array(update)
  }

  #progress(): StoreWrite {
    const value: PersonalProgress = { generation: this.#generation, unsent: [...this.#unsent.keys()] }
    return { type: 'put', table: 'profile', key: 'personal', value }
  }

  #fresh(): Y.Doc {
    const doc = new Y.Doc({ guid: '' })
    doc.clientID = Math.floor(this.#deps.random() * 2 ** 32)
    return doc
  }
}

function parseName(name: string): { root: string; key: string } {
  const slash = name.indexOf('/')
  return { root: name.slice(0, slash), key: name.slice(slash + 1) }
}

/** A draft is a text of its own, everything else a value in a map. */
function setValue(doc: Y.Doc, name: string, value: unknown): void {
  const { root, key } = parseName(name)
  if (root === DRAFT_ROOT) {
    const draft = doc.getText(name)
    const { at, remove, insert } = editBetween(draft.toJSON(), typeof value === 'string' ? value : '')
    draft.delete(at, remove)
    draft.insert(at, insert)
  } else if (value === undefined) doc.getMap(root).delete(key)
  else doc.getMap(root).set(key, value)
}

function valueAt(doc: Y.Doc, name: string): unknown {
  const { root, key } = parseName(name)
  if (root === DRAFT_ROOT) return doc.getText(name).toJSON()
  return doc.getMap(root).get(key)
}

type Attached = {
  user: UserId
  generation: number
  doc: Y.Doc
  /** What each of our updates that is not acknowledged yet brought, oldest first. */
  sent: [name: string, count: number][][]
  attachment: Attachment | null
}

type PersonalDeps = {
  store: ReplicaStore
  writer: StoreWriter
  random: () => number
  newId: () => string
  post: (fact: Fact) => void
  changed: () => void
  report: (error: unknown) => void
}
