// One run: a world is made, lives through its troubles, comes to rest, and is judged.

import type { Entry } from '../../shared/conversation/entry.ts'
import { textOf } from '../../shared/conversation/entry.ts'
import type { Conversation } from '../../client/sync/engine.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import type { Random } from '../random.ts'
import { act } from './actions.ts'
import { annotatedInLog, annotatedOnScreen } from './annotated.ts'
import type { Device } from './device.ts'
import type { Annotated, History, Leftover, Replica, Rest, Violation } from './history.ts'
import { eventText, judge } from './history.ts'
import { peopleTheWorld } from './people.ts'
import { World } from './world.ts'

export type Verdict = {
  seed: number
  violations: Violation[]
  history: History | null
  steps: readonly string[]
  figures: { actions: number; virtualSeconds: number; timeSteps: number; entries: number }
}

const ACTIONS = { min: 60, max: 140 }
const PAUSE_MS = { min: 0, max: 1_500 }
/** The longest that anything may wait for by itself: a backoff, a silence that is noticed, a request that is given up. */
const CALM_MS = 240_000
/** The longest that anybody stays down. */
const RESTARTED_MS = 31_000
/** Nothing is left to send, and what was sent has been relayed, merged and written down. */
const SETTLED_MS = 45_000

/** `annotating`: people also do things to messages that are there. */
export async function simulate(seed: number, { annotating = true }: { annotating?: boolean } = {}): Promise<Verdict> {
  const world = new World(seed)
  const actions = { done: 0 }
  try {
    const history = await live(world, actions, annotating)
    const errors = world.errors.map((error) => ({ rule: 'P1', step: null, words: `an error that nobody caught: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` }))
    return verdict(world, seed, actions.done, [...errors, ...judge(history)], history)
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return verdict(world, seed, actions.done, [{ rule: 'the run itself', step: null, words }, ...world.errors.map((caught) => ({ rule: 'P1', step: null, words: String(caught) }))], null)
  } finally {
    await world.end()
  }
}

async function live(world: World, actions: { done: number }, annotating: boolean): Promise<History> {
  await peopleTheWorld(world)
  const random = world.random.fork()
  const count = random.int(ACTIONS.min, ACTIONS.max)
  for (; actions.done < count; actions.done++) {
    act(world, random, { annotating })
    await world.time.runFor(random.chance(0.3) ? random.int(0, 5) : random.int(PAUSE_MS.min, PAUSE_MS.max))
  }
  await calm(world)
  await everyoneReads(world, random)
  return { events: world.recorder.events, rest: await rest(world) }
}

/** Faults cease; whatever can be sent is sent. */
async function calm(world: World): Promise<void> {
  world.recorder.step('calm: everything works from here on')
  for (const { link } of world.devices) {
    link.split = false
    link.loss = 0
    link.delay = { min: 1, max: 20 }
  }
  world.server?.database.disarm()
  await world.startServer()
  for (const device of world.devices) world.work(device.start())
  // Restarts that were due still take their course, and requests that get no answer are given up.
  await world.time.runFor(RESTARTED_MS)
  await world.time.runFor(CALM_MS, () => world.devices.every(({ signedIn }) => signedIn))
  for (const device of world.devices) for (const { id } of world.conversations) device.open(id)
  await world.time.runFor(CALM_MS, () => world.devices.every(({ engine }) => engine.outbox.get().pending === 0))
  await world.time.runFor(SETTLED_MS)
}

/** Each person reads everything, on one of their devices; some from the list, some in the conversation. */
async function everyoneReads(world: World, random: Random): Promise<void> {
  for (const user of world.userIds.keys()) {
    const device = random.oneOf(world.devices.filter((candidate) => candidate.user === user))
    for (const { id, name } of world.conversations) {
      const conversation = device.open(id)
      if (conversation.state.get().state !== 'ready') continue
      const { head } = conversation.timeline.get()
      world.recorder.step(`${device.name} reads all of ${name}`)
      if (random.chance(0.5)) await world.untilDone(() => device.markAllRead(id))
      else {
        await world.untilDone(() => device.markRead(id, head))
        await world.untilDone(() => readThreads(device, id))
      }
    }
  }
  await world.time.runFor(SETTLED_MS)
}

/** One after the other, as their dialogs do. */
async function readThreads(device: Device, id: ConversationId): Promise<void> {
  const conversation = device.open(id)
  const row = device.engine.inbox.get().rows.find(({ conversation: listed }) => listed === id)
  for (const { root, last } of row?.threads ?? []) {
    await conversation.timeline.load(root - 1, root)
    const item = conversation.timeline.at(root - 1)
    if (item === undefined) continue
    const thread = conversation.openThread(item.id)
    await thread.markRead(last)
    thread.close()
  }
}

async function rest(world: World): Promise<Rest> {
  const replicas: Replica[] = []
  const leftovers: Leftover[] = []
  for (const device of world.devices) {
    for (const { id, name } of world.conversations) {
      const held = await replicaOf(world, device, id, name)
      if (held.state === 'ready') replicas.push(held.replica)
      else leftovers.push(held.replica)
    }
  }
  const logs = await Promise.all(world.conversations.map(({ id, name }) => logOf(world, id, name)))
  return {
    logs,
    remains: await remainsOf(world, logs),
    replicas,
    leftovers,
    outboxes: world.devices.map((device) => ({ device: device.name, ...device.engine.outbox.get() })),
  }
}

async function replicaOf(world: World, device: Device, id: ConversationId, name: string): Promise<{ state: string; replica: Replica }> {
  const conversation = device.open(id)
  const { length } = conversation.timeline.get()
  await world.untilDone(() => conversation.timeline.load(0, length), 180_000)
  const state = conversation.state.get()
  const row = device.engine.inbox.get().rows.find(({ conversation: listed }) => listed === id)
  const items = device.items(conversation, length)
  const receipts = [...conversation.receipts.get()].map(([user, receipt]) => ({ user: world.recorder.nameOf(user), ...receipt }))
  return {
    state: state.state,
    replica: {
      device: device.name,
      user: device.user,
      conversation: name,
      items,
      receipts,
      listed: row?.head ?? null,
      unread: state.state === 'ready' ? state.unread : 0,
      badge: row?.unread ?? 0,
      reasons: device.reasons(conversation),
      draft: conversation.draft.get(),
      threads: row?.threads.length ?? 0,
      annotated: state.state === 'ready' ? await annotatedBy(world, conversation, length) : {},
      hidden: items.filter(({ kind }) => kind === 'annotation').map((item) => item.id),
    },
  }
}

async function annotatedBy(world: World, conversation: Conversation, length: number): Promise<Record<string, Annotated>> {
  const annotated: Record<string, Annotated> = {}
  for (let index = 0; index < length; index++) {
    const item = conversation.timeline.at(index)
    const shown = item === undefined ? null : await annotatedOnScreen(conversation, item, (user) => world.recorder.nameOf(user), (done) => world.time.runFor(CALM_MS, done))
    if (item !== undefined && shown !== null) annotated[item.id] = shown
  }
  return annotated
}

/** Where anything is left of messages and replies that were erased, and of their edits. */
async function remainsOf(world: World, logs: Rest['logs']): Promise<NonNullable<Rest['remains']>> {
  const entries = logs.flatMap((log) => log.entries)
  const erased = new Set(entries.filter(({ kind, text }) => kind === 'erased' || (kind === 'reply' && text === '')).map(({ id }) => id))
  const stubs = new Set([...erased, ...entries.filter(({ kind, of = '' }) => kind === 'edit' && erased.has(of)).map(({ id }) => id)])
  const texts = world.recorder.events.flatMap((event) => (event.type === 'committed' && stubs.has(event.id) && event.text !== '' ? [event.text] : []))
  const places = [{ where: 'the server', words: world.serverFiles() }]
  for (const device of world.devices) places.push({ where: device.name, words: await device.dump() })
  return places.flatMap(({ where, words }) => texts.filter((text) => words.includes(text)).map((text) => ({ where, text })))
}

async function logOf(world: World, id: ConversationId, name: string): Promise<Rest['logs'][number]> {
  const database = world.server?.database.port
  if (database === undefined) throw new Error('at rest the server runs')
  const entries = await database.log.read(id, Seq.parse(1), await database.log.head(id))
  const named = (user: string): string => world.recorder.nameOf(user)
  const annotated = annotatedInLog(entries, named)
  return {
    conversation: name,
    members: (await database.conversations.memberIds(id)).map(named),
    entries: entries.map((entry) => ({
      seq: entry.seq,
      id: entry.id,
      kind: entry.kind,
      author: named(entry.author),
      text: entry.kind === 'event' ? eventText(entry.id) : textOf(entry),
      replyTo: entry.kind === 'message' ? (entry.body.replyTo ?? null) : null,
      ...('of' in entry.body ? { of: entry.body.of } : {}),
      ...annotatedOf(entry, annotated),
    })),
    receipts: (await database.receipts.snapshot(id)).map(({ user, delivered, read }) => ({ user: named(user), delivered, read })),
  }
}

function annotatedOf({ id }: Entry, all: ReadonlyMap<string, Annotated>): { annotated?: Annotated } {
  const annotated = all.get(id)
  return annotated === undefined ? {} : { annotated }
}

function verdict(world: World, seed: number, actions: number, violations: Violation[], history: History | null): Verdict {
  const entries = world.recorder.events.filter(({ type }) => type === 'committed').length
  return { seed, violations, history, steps: world.recorder.steps, figures: { actions, virtualSeconds: world.time.elapsedSeconds, timeSteps: world.time.steps, entries } }
}
