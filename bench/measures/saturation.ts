import { ServerProcess } from '../host/serverProcess.ts'
import { Crowd } from '../load/crowd.ts'
import { planRooms } from '../load/rooms.ts'
import { targetNames, type Target } from '../targets/target.ts'
import type { Measure, Reading, Sizes } from './measure.ts'
import { observe, type Observation } from './observe.ts'

/**
 * The most entries a second that small rooms take with p99 below the limit. Open loop: the rate is
 * doubled until it fails, then narrowed between the last good and the first bad one. Every rate meets
 * a fresh server, and a window that fails while other processes used the cores is repeated.
 */
export const saturation: Measure = {
  name: 'saturation',
  targets: targetNames,
  cases: (sizes) => [
    {
      title: `${ROOMS} × ${MEMBERS}, p99 < ${LIMIT_MS} ms`,
      headline: { figure: 'entries/s', better: 'more' },
      run: (target) => search(target, sizes.saturation),
    },
  ],
}

const search = async (target: Target, sizes: Sizes['saturation']): Promise<Reading> => {
  let good: Trial | null = null
  let bad: Trial | null = null
  let refined = 0
  while (bad === null || refined < sizes.refinements) {
    if (bad !== null) refined += 1
    const trial: Trial = await tryRate(target, nextRate(good, bad, sizes.firstRate), sizes)
    if (passes(trial.observation)) good = trial
    else bad = trial
  }
  return describe(good, bad)
}

const nextRate = (good: Trial | null, bad: Trial | null, first: number): number => {
  if (bad !== null) return Math.round(Math.sqrt((good?.rate ?? 1) * bad.rate))
  return good === null ? first : good.rate * 2
}

const tryRate = async (target: Target, rate: number, sizes: Sizes['saturation']): Promise<Trial> => {
  let observation = await observeRate(target, rate, sizes)
  for (let attempt = 1; attempt < sizes.attempts && !passes(observation) && observation.disturbed; attempt += 1) {
    observation = await observeRate(target, rate, sizes)
  }
  return { rate, observation }
}

const passes = ({ saturated, latencies }: Observation): boolean => !saturated && latencies.percentile(0.99) < LIMIT_MS

const observeRate = async (target: Target, rate: number, sizes: Sizes['saturation']): Promise<Observation> => {
  const server = await ServerProcess.start(target)
  const crowd = await Crowd.open(target, server.port, planRooms(ROOMS, MEMBERS))
  await crowd.warmUp(rate, sizes.warmUpMs)
  const observation = await observe(server, crowd, rate, sizes.windowMs)
  crowd.close()
  await server.stop()
  return observation
}

const describe = (good: Trial | null, bad: Trial): Reading => {
  const failure = `fails at ${bad.rate}/s${bad.observation.disturbed ? ' beside other processes' : ''}`
  if (good === null) return { figures: { 'entries/s': 0 }, marks: [failure] }
  const { latencies, entries, seconds, delivered, serverMsPer1000, serverCpu, loadCpu, marks } = good.observation
  return {
    figures: {
      'p50 ms': latencies.percentile(0.5),
      'p95 ms': latencies.percentile(0.95),
      'p99 ms': latencies.percentile(0.99),
      'entries/s': entries / seconds,
      'deliveries/s': delivered / seconds,
      'CPU ms/1000': serverMsPer1000,
      'server %': serverCpu,
      'load %': loadCpu,
    },
    marks: [failure, ...marks],
  }
}

const ROOMS = 50
const MEMBERS = 4
const LIMIT_MS = 100

type Trial = { rate: number; observation: Observation }
