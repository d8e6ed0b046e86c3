// One channel with everybody in it online, and many who join within moments. What that costs the server, how long others wait
// meanwhile, and how often each device is told.

import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { MEMBERS_COALESCE_MS } from '../../shared/limits.ts'
import { ServerProcess } from '../crash/serverProcess.ts'
import type { Somebody } from '../returning/crowd.ts'
import { seedCrowd } from '../returning/crowd.ts'
import { eachOf } from './eachOf.ts'
import { Onlooker } from './onlooker.ts'

export type JoinBurstPlan = {
  /** Before anybody joins. */
  members: number
  joiners: number
}

export type JoinBurst = {
  /** How often the newest of it may have been told, on both edges. */
  windows: number
  /** The most that one of those who were there heard of it: rows of the inbox, and views of those who have it on screen. */
  rows: number
  views: number
  /** From the first request to the last answer, and until everybody knows how many they are. */
  joinedMs: number
  knownMs: number
  /** The slowest and the median answer to somebody else's ping meanwhile. */
  slowestPingMs: number
  medianPingMs: number
  serverCpuMs: number
  words: string
}

const READERS = 10
/** Of those who join: as from as many devices. */
const JOIN_AT_ONCE = 10
const BREATH_MS = 10

export async function joinBurst(plan: JoinBurstPlan): Promise<JoinBurst> {
  const server = await ServerProcess.create(undefined, ['--max-semi-space-size=32'])
  const online: Onlooker[] = []
  try {
    const members = await seedCrowd(server.dataDir, { rooms: 1, membersPerRoom: plan.members, history: 50, kind: 'channel' })
    const joiners = await seedCrowd(server.dataDir, { rooms: 1, membersPerRoom: plan.joiners, history: 0 })
    await server.start()
    return await run(server, members, joiners, online)
  } finally {
    for (const onlooker of online) onlooker.cut()
    await server.remove()
  }
}

async function run(server: ServerProcess, members: readonly Somebody[], joiners: readonly Somebody[], online: Onlooker[]): Promise<JoinBurst> {
  const url = `ws://127.0.0.1:${server.port}/sync`
  const those = members.map((somebody) => new Onlooker(url, somebody))
  const coming = joiners.map((somebody) => new Onlooker(url, somebody))
  online.push(...those, ...coming)
  await eachOf(online, (onlooker) => onlooker.connect())
  const [first] = members
  const [patient, ...others] = those
  if (first === undefined || patient === undefined) throw new Error('A room of nobody.')
  await eachOf(others.slice(0, READERS), (reader) => reader.open(first.room))
  await eachOf(online, (onlooker) => onlooker.roundTrip())
  for (const onlooker of online) onlooker.forget()

  const cpuBefore = cpuMsOf(server)
  const started = performance.now()
  const pings = new Pings(patient)
  await eachOf(joiners, ({ token }) => join(server, first.room, token), JOIN_AT_ONCE)
  const joinedMs = performance.now() - started
  const everybody = members.length + joiners.length
  await Promise.all(online.map((onlooker) => onlooker.until(() => onlooker.members === everybody)))
  const knownMs = performance.now() - started
  const pinged = await pings.stop()
  return {
    windows: Math.ceil(knownMs / MEMBERS_COALESCE_MS) + 2,
    rows: Math.max(...those.map((onlooker) => onlooker.heard('inbox').frames)),
    views: Math.max(...those.map((onlooker) => onlooker.heard('conversation').frames)),
    joinedMs,
    knownMs,
    slowestPingMs: pinged.at(-1) ?? 0,
    medianPingMs: pinged[Math.floor(pinged.length / 2)] ?? 0,
    serverCpuMs: cpuMsOf(server) - cpuBefore,
    words: server.words,
  }
}

async function join(server: ServerProcess, room: Somebody['room'], token: string): Promise<void> {
  const answer = await fetch(`${server.origin}/api/channels/${room}/join`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`joining was answered with ${String(answer.status)}: ${await answer.text()}`)
}

/** Somebody who asks again soon after they are answered: how long a message of theirs would have waited. */
class Pings {
  readonly #waits: number[] = []
  readonly #done: Promise<void>
  #stopped = false

  constructor(onlooker: Onlooker) {
    this.#done = this.#run(onlooker)
  }

  /** How long each answer took, shortest first. */
  async stop(): Promise<number[]> {
    this.#stopped = true
    await this.#done
    return this.#waits.toSorted((a, b) => a - b)
  }

  async #run(onlooker: Onlooker): Promise<void> {
    while (!this.#stopped) {
      const asked = performance.now()
      await onlooker.roundTrip()
      this.#waits.push(performance.now() - asked)
      // Without a breath it would be cut off for its frames.
      await sleep(BREATH_MS)
    }
  }
}

/** In user and system time, in hundredths of a second. */
function cpuMsOf(server: ServerProcess): number {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}
