import { ServerProcess } from '../host/serverProcess.ts'
import { Crowd } from '../load/crowd.ts'
import { planRooms } from '../load/rooms.ts'
import { targetNames, type Target } from '../targets/target.ts'
import { median } from './median.ts'
import type { Measure, Reading, Sizes } from './measure.ts'
import { observe, type Observation } from './observe.ts'

/** One room, everybody in it, entries at an even rate from all members by turns. */
export const fanOut: Measure = {
  name: 'fanout',
  targets: targetNames,
  cases: (sizes) =>
    sizes.fanOut.members.flatMap((members) =>
      sizes.fanOut.rates.map((rate) => ({
        title: `1 × ${members} at ${rate}/s`,
        headline: { figure: 'CPU ms/1000', better: 'less' },
        run: (target) => run(target, members, rate, sizes),
      })),
    ),
}

const run = async (target: Target, members: number, rate: number, sizes: Sizes): Promise<Reading> => {
  const server = await ServerProcess.start(target)
  const crowd = await Crowd.open(target, server.port, planRooms(1, members))
  await crowd.warmUp(WARM_UP_RATE, sizes.fanOut.warmUpMs)
  const windows: Observation[] = []
  while (windows.length < sizes.fanOut.windows) {
    windows.push(await observe(server, crowd, rate, sizes.windowMs))
    // It has a backlog now: another window would measure the backlog.
    if (windows.at(-1)?.saturated === true) break
  }
  crowd.close()
  await server.stop()
  return summarise(windows)
}

/** By the same number of entries in all cases: at 50 entries/s a few seconds leave most of each server's code uncompiled. */
const WARM_UP_RATE = 100

const summarise = (windows: Observation[]): Reading => ({
  figures: {
    'p50 ms': median(windows.map(({ latencies }) => latencies.percentile(0.5))),
    'p95 ms': median(windows.map(({ latencies }) => latencies.percentile(0.95))),
    'p99 ms': median(windows.map(({ latencies }) => latencies.percentile(0.99))),
    'deliveries/s': median(windows.map(({ delivered, seconds }) => delivered / seconds)),
    'CPU ms/1000': median(windows.map(({ serverMsPer1000 }) => serverMsPer1000)),
    'server %': median(windows.map(({ serverCpu }) => serverCpu)),
    'load %': median(windows.map(({ loadCpu }) => loadCpu)),
  },
  marks: [...new Set(windows.flatMap(({ marks }) => marks))],
})
