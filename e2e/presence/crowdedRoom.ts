// One room with everybody in it online, and what happens there in a lively minute: people come and go, many type, some
// write. What each kind of device hears of it is counted, and what it costs the server.
//
//   bystanders   online, the room is not on their screen: nearly all of a large room
//   readers      have the room on screen, and watch the people that a screen shows
//   observer     watches as many people as a device may

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { EntryId } from '../../shared/ids.ts'
import { ACTIVITY_COALESCE_MS, PRESENCE_COALESCE_MS, PRESENCE_WATCH_MAX, TYPING_COALESCE_MS, TYPING_TOLD_MAX } from '../../shared/limits.ts'
import { ServerProcess } from '../crash/serverProcess.ts'
import type { Somebody } from '../returning/crowd.ts'
import { seedCrowd } from '../returning/crowd.ts'
import { eachOf } from './eachOf.ts'
import type { Heard } from './onlooker.ts'
import { Onlooker } from './onlooker.ts'
import type { Writes } from './writes.ts'
import { readWrites, writesSince } from './writes.ts'

export type Plan = { members: number; movers: number; typists: number; messages: number }

export type CrowdedRoom = {
  /** Of the readers and the observer: the most that one of them heard while people came and went. */
  going: { windows: number; reader: Heard; observer: Heard; bystander: Heard }
  /** `shown`: the most that a screen showed as typing at once. */
  typing: { windows: number; reader: Heard; shown: number; bystander: Heard }
  writing: { windows: number; bystander: Heard }
  /** While people came, went and typed and everybody's heart beat. */
  writes: Writes & { minutes: number }
  /** Kinds of messages that any bystander heard. */
  bystandersHeard: string[]
  server: { idleMegabytes: number; onlineMegabytes: number; peakMegabytes: number }
  words: string
}

const READERS = 10
/** What a screen shows of people: authors of messages, and the list beside. */
const READER_WATCHES = 30

export async function crowdedRoom(plan: Plan, heapMaxMegabytes: number): Promise<CrowdedRoom> {
  const server = await ServerProcess.create(undefined, [`--max-old-space-size=${heapMaxMegabytes}`])
  const everybody: Onlooker[] = []
  try {
    const crowd = await seedCrowd(server.dataDir, { rooms: 1, membersPerRoom: plan.members, history: 50 })
    await server.start()
    return await run(server, crowd, plan, everybody)
  } finally {
    for (const onlooker of everybody) onlooker.cut()
    await server.remove()
  }
}

async function run(server: ServerProcess, crowd: readonly Somebody[], plan: Plan, everybody: Onlooker[]): Promise<CrowdedRoom> {
  const [first] = crowd
  if (first === undefined) throw new Error('A room of nobody.')
  const { room } = first
  const database = join(server.dataDir, 'parley.db')
  const idleMegabytes = memoryOf(server, 'VmRSS')
  everybody.push(...crowd.map((somebody) => new Onlooker(`ws://127.0.0.1:${server.port}/sync`, somebody)))
  await eachOf(everybody, (onlooker) => onlooker.connect())
  const onlineMegabytes = memoryOf(server, 'VmRSS')

  const [observer, ...others] = everybody
  if (observer === undefined) throw new Error('A room of nobody.')
  const readers = others.splice(0, READERS)
  const movers = others.splice(0, plan.movers)
  const typists = others.splice(0, plan.typists)
  const bystanders = others
  await eachOf([observer, ...readers, ...typists], (onlooker) => onlooker.open(room))
  const watchedBy = (onlooker: Onlooker) => (onlooker === observer ? [...movers, ...bystanders].slice(0, PRESENCE_WATCH_MAX) : [...movers.slice(0, READER_WATCHES - 5), ...bystanders.slice(0, 5)])
  const watchers = [observer, ...readers]
  for (const watcher of watchers) watcher.say({ type: 'watch', users: watchedBy(watcher).map(({ user }) => user) })
  await eachOf(everybody, (onlooker) => onlooker.roundTrip())

  const before = readWrites(database)
  const started = performance.now()
  const going = await comeAndGo({ everybody, watchers, movers, watchedBy })
  const goingHeard = { windows: windows(going, PRESENCE_COALESCE_MS), reader: most(readers, 'presence'), observer: observer.heard('presence'), bystander: most(bystanders, 'presence') }

  const typed = await typeTogether({ everybody, readers, typists, room })
  const typingHeard = { windows: windows(typed, TYPING_COALESCE_MS), reader: most(readers, 'typing'), shown: Math.max(...readers.map(({ mostTyping }) => mostTyping)), bystander: most(bystanders, 'typing') }
  const writes = { ...writesSince(database, before), minutes: Math.ceil((performance.now() - started) / 60_000) }
  const bystandersHeard = [...new Set(bystanders.flatMap(({ heardTypes }) => heardTypes))]

  const written = await writeTogether({ everybody, bystanders, typists, room, messages: plan.messages })
  return {
    going: goingHeard,
    typing: typingHeard,
    writing: { windows: windows(written, ACTIVITY_COALESCE_MS), bystander: most(bystanders, 'activity') },
    writes,
    bystandersHeard,
    server: { idleMegabytes, onlineMegabytes, peakMegabytes: memoryOf(server, 'VmHWM') },
    words: server.words,
  }
}

/** Twice everybody of the movers goes and comes back; one of them ten times more. Resolves with how long it took, until all watchers know. */
async function comeAndGo({ everybody, watchers, movers, watchedBy }: { everybody: Onlooker[]; watchers: Onlooker[]; movers: Onlooker[]; watchedBy: (watcher: Onlooker) => Onlooker[] }): Promise<number> {
  for (const onlooker of everybody) onlooker.forget()
  const started = performance.now()
  for (let round = 0; round < 2; round += 1) {
    await eachOf(movers, (mover) => mover.leave())
    // So that it is not over before anybody looked.
    await knownTo(watchers, movers, watchedBy, false)
    await eachOf(movers, (mover) => mover.connect())
    await knownTo(watchers, movers, watchedBy, true)
  }
  for (const restless of movers.slice(0, 1)) {
    for (let round = 0; round < 10; round += 1) {
      await restless.leave()
      await restless.connect()
    }
    await knownTo(watchers, [restless], watchedBy, true)
  }
  return performance.now() - started
}

async function knownTo(watchers: readonly Onlooker[], movers: readonly Onlooker[], watchedBy: (watcher: Onlooker) => Onlooker[], online: boolean): Promise<void> {
  const moved = new Set(movers)
  for (const watcher of watchers) {
    const watched = watchedBy(watcher).filter((onlooker) => moved.has(onlooker))
    await watcher.until(() => watched.every(({ user }) => watcher.online.get(user) === online))
  }
}

/** Everybody's heart beats, while the typists type, go on and end. */
async function typeTogether({ everybody, readers, typists, room }: { everybody: Onlooker[]; readers: Onlooker[]; typists: Onlooker[]; room: Somebody['room'] }): Promise<number> {
  for (const onlooker of everybody) onlooker.forget()
  const started = performance.now()
  for (const on of [true, true, true, false, true, false]) {
    for (const typist of typists) typist.say({ type: 'typing', conversation: room, on })
    await eachOf(everybody, (onlooker) => onlooker.roundTrip())
    if (on) for (const reader of readers) await reader.until(() => reader.typing.size >= TYPING_TOLD_MAX)
  }
  for (const reader of readers) {
    await reader.roundTrip()
    await reader.until(() => reader.typing.size === 0)
  }
  return performance.now() - started
}

async function writeTogether({ everybody, bystanders, typists, room, messages }: { everybody: Onlooker[]; bystanders: Onlooker[]; typists: Onlooker[]; room: Somebody['room']; messages: number }): Promise<number> {
  for (const onlooker of everybody) onlooker.forget()
  const started = performance.now()
  const head = 50 + messages
  for (let count = 0; count < messages; count += 1) {
    const writer = typists[count % typists.length]
    const entry = { id: EntryId.parse(uuidv7()), at: Date.now(), kind: 'message', body: { text: `${count}: is everybody here?` } }
    writer?.say({ type: 'append', ref: 10 + count, conversation: room, entries: [entry] })
  }
  await Promise.all(bystanders.map((bystander) => bystander.until(() => bystander.head === head)))
  return performance.now() - started
}

/** How often something coalesced may leave in that time, on both edges. */
function windows(milliseconds: number, windowMs: number): number {
  return Math.ceil(milliseconds / windowMs) + 2
}

/** The most that one of them heard. */
function most(onlookers: readonly Onlooker[], type: Parameters<Onlooker['heard']>[0]): Heard {
  const all = onlookers.map((onlooker) => onlooker.heard(type))
  const greatest = (figure: keyof Heard) => Math.max(0, ...all.map((heard) => heard[figure]))
  return { frames: greatest('frames'), items: greatest('items'), bytes: greatest('bytes') }
}

function memoryOf(server: ServerProcess, which: 'VmRSS' | 'VmHWM'): number {
  const [, kilobytes = ''] = new RegExp(`${which}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${server.pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
