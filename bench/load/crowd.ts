import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Load, RoomPlan, Seat, Target } from '../targets/target.ts'
import { Latencies } from './latencies.ts'
import { pace } from './pace.ts'
import { findStamps, stampText } from './stamp.ts'

/** All members of all rooms, in this process: one clock sends and receives. */
export class Crowd {
  readonly #load: Load
  readonly #audience: number
  #seats: Seat[] = []
  /** By entry number: when it was sent and by which seat. */
  #sentAt: number[] = []
  #senderOf: number[] = []
  #windowStart = 0
  #windowDeliveries = 0
  #latencies = new Latencies()
  #deliveries = 0

  static async open(target: Target, port: number, plan: RoomPlan[]): Promise<Crowd> {
    const load = await target.openLoad(port, plan)
    const crowd = new Crowd(load, plan[0]?.members.length ?? 0)
    await crowd.#join(plan)
    return crowd
  }

  private constructor(load: Load, membersPerRoom: number) {
    this.#load = load
    this.#audience = membersPerRoom - 1
  }

  /** Entries that reached a member other than their sender, since the beginning. */
  get deliveries(): number {
    return this.#deliveries
  }

  /** Sends without judging, until everything is warm and the rooms have some history. */
  async warmUp(perSecond: number, milliseconds: number): Promise<void> {
    await pace(perSecond, milliseconds, () => this.#sendNext())
  }

  /** Sends at an even rate, then waits for the stragglers. `ended` is called before the waiting. */
  async window(perSecond: number, milliseconds: number, ended: () => void): Promise<Window> {
    this.#windowStart = this.#sentAt.length
    this.#windowDeliveries = 0
    this.#latencies = new Latencies()
    const deliveriesBefore = this.#deliveries

    const took = await pace(perSecond, milliseconds, () => this.#sendNext())
    const delivered = this.#deliveries - deliveriesBefore
    ended()

    const entries = this.#sentAt.length - this.#windowStart
    const lost = await this.#drain(entries * this.#audience)
    this.#latencies.addLost(lost)
    return { entries, expected: entries * this.#audience, delivered, lost, seconds: took / 1000, latencies: this.#latencies }
  }

  close(): void {
    for (const seat of this.#seats) seat.close()
    this.#load.close()
  }

  /** Takes the members by turns over the rooms, so that neighbours in time are strangers in space. */
  async #join(plan: RoomPlan[]): Promise<void> {
    const widest = Math.max(...plan.map(({ members }) => members.length))
    const seats = Array.from({ length: widest }, (_, turn) =>
      plan.flatMap(({ room, members }) => members.slice(turn, turn + 1).map((member) => ({ room, member }))),
    ).flat()
    for (let from = 0; from < seats.length; from += JOINING_AT_ONCE) {
      const joining = seats.slice(from, from + JOINING_AT_ONCE).map(({ room, member }, index) => this.#sit(room, member, from + index))
      this.#seats.push(...(await Promise.all(joining)))
    }
  }

  #sit(room: string, member: string, seat: number): Promise<Seat> {
    const found = (entry: number): void => this.#delivered(entry, seat)
    return this.#load.join(room, member, (frame) => findStamps(frame, found))
  }

  #sendNext(): void {
    const entry = this.#sentAt.length
    const sender = entry % this.#seats.length
    this.#senderOf.push(sender)
    this.#sentAt.push(performance.now())
    this.#seats[sender]?.send(`0198c0de-0000-7000-8000-${String(entry).padStart(12, '0')}`, stampText(entry))
  }

  #delivered(entry: number, seat: number): void {
    const sentAt = this.#sentAt[entry]
    if (sentAt === undefined) throw new Error(`entry ${entry} was never sent`)
    if (this.#senderOf[entry] === seat) return
    this.#deliveries += 1
    if (entry < this.#windowStart) return
    this.#windowDeliveries += 1
    this.#latencies.add(performance.now() - sentAt)
  }

  async #drain(expected: number): Promise<number> {
    const deadline = performance.now() + DRAIN_LIMIT_MS
    while (this.#windowDeliveries < expected && performance.now() < deadline) await sleep(5)
    if (this.#windowDeliveries > expected) throw new Error('an entry was delivered twice')
    return expected - this.#windowDeliveries
  }
}

/** More at once and the server's backlog of connections overflows. */
const JOINING_AT_ONCE = 50
/** Longer than any latency worth calling one. */
const DRAIN_LIMIT_MS = 2000

export type Window = {
  readonly entries: number
  readonly expected: number
  /** While the window was open, of whatever age: what the CPU of the window was spent on. */
  readonly delivered: number
  readonly lost: number
  readonly seconds: number
  readonly latencies: Latencies
}
