import { ServerProcess } from '../host/serverProcess.ts'
import { Crowd } from '../load/crowd.ts'
import { planRooms } from '../load/rooms.ts'
import type { Target } from '../targets/target.ts'
import type { Measure, Reading, Sizes } from './measure.ts'
import { observe, type Observation } from './observe.ts'

/**
 * The most entries a second that small rooms take with p99 below the limit. Open loop: the rate is
 * doubled until it fails, then narrowed between the last good and the first bad one. Every rate meets
 * a fresh server, and a window that fails while other processes used the cores is repeated.
 */
export const saturation: Measure = {
  name: 'saturation',
  cases: (sizes) => [
    {
      title: `${ROOMS} × ${MEMBERS}, p99 < ${LIMIT_MS} ms`,
      headline: { figure: 'entries/s', better: 'more' },
      run: (target) => search(target, sizes.saturation),
    },
  ],
}

const search = async (target: Target, sizes: Sizes['saturation']): Promise<Reading> => {
  let good: Observation | null = null
  let goodRate = 0
  let rate = sizes.firstRate
  for (let trial = await tryRate(target, rate, sizes); trial !== null; trial = await tryRate(target, rate, sizes)) {
    good = trial
    goodRate = rate
    rate *= 2
  }
  let badRate = rate
  for (let step = 0; step < sizes.refinements; step += 1) {
    rate = Math.round(Math.sqrt(Math.max(goodRate, 1) * badRate))
    const trial = await tryRate(target, rate, sizes)
    if (trial === null) badRate = rate
    else {
      good = trial
      goodRate = rate
    }
  }
  return good === null ? { figures: { 'entries/s': 0 }, marks: [`fails at ${badRate}/s`] } : describe(good, badRate)
}

/** Null when it failed, and not for the noise of others. */
const tryRate = async (target: Target, rate: number, sizes: Sizes['saturation']): Promise<Observation | null> => {
  for (let attempt = 0; attempt < sizes.attempts; attempt += 1) {
    const observation = await observeRate(target, rate, sizes)
    if (!observation.saturated && observation.latencies.percentile(0.99) < LIMIT_MS) return observation
    if (!observation.disturbed) return null
  }
  return null
}

const observeRate = async (target: Target, rate: number, sizes: Sizes['saturation']): Promise<Observation> => {
  const server = await ServerProcess.start(target)
  const crowd = await Crowd.open(target, server.port, planRooms(ROOMS, MEMBERS))
  await crowd.warmUp(rate, sizes.warmUpMs)
  const observation = await observe(server, crowd, rate, sizes.windowMs)
  crowd.close()
  await server.stop()
  return observation
}

const describe = (good: Observation, badRate: number): Reading => ({
  figures: {
    'p50 ms': good.latencies.percentile(0.5),
    'p95 ms': good.latencies.percentile(0.95),
    'p99 ms': good.latencies.percentile(0.99),
    'entries/s': good.entries / good.seconds,
    'deliveries/s': good.delivered / good.seconds,
    'CPU ms/1000': good.serverMsPer1000,
    'server %': good.serverCpu,
    'load %': good.loadCpu,
  },
  marks: [`fails at ${badRate}/s`, ...good.marks],
})

const ROOMS = 50
const MEMBERS = 4
const LIMIT_MS = 100
