import { coreBusyMs, processCpuMs } from '../host/cpu.ts'
import { LOAD_CORE, SERVER_CORE } from '../host/cores.ts'
import type { ServerProcess } from '../host/serverProcess.ts'
import type { Crowd, Window } from '../load/crowd.ts'

/** One window of a crowd at a server, with what it cost both cores. */
export const observe = async (server: ServerProcess, crowd: Crowd, perSecond: number, milliseconds: number): Promise<Observation> => {
  const before = readCosts(server.pid)
  let after = before
  const window = await crowd.window(perSecond, milliseconds, () => {
    after = readCosts(server.pid)
  })
  const share = (cost: keyof Costs): number => (after[cost] - before[cost]) / (window.seconds * 10)
  const serverCpu = share('server')
  const loadCpu = share('load')
  const others = Math.max(share('serverCore') - serverCpu, share('loadCore') - loadCpu)
  const saturated = window.delivered < window.expected * KEEPS_UP
  const disturbed = others > DISTURBED
  return {
    ...window,
    serverMsPer1000: ((after.server - before.server) * 1000) / Math.max(1, window.delivered),
    serverCpu,
    loadCpu,
    saturated,
    disturbed,
    marks: [
      ...(saturated ? ['saturated'] : []),
      ...(loadCpu > LOAD_FULL ? ["load core full: the latency is the load generator's"] : []),
      ...(disturbed ? ['other processes on the cores'] : []),
    ],
  }
}

const readCosts = (pid: number): Costs => ({
  server: processCpuMs(pid),
  load: processCpuMs(process.pid),
  serverCore: coreBusyMs(SERVER_CORE),
  loadCore: coreBusyMs(LOAD_CORE),
})

/** Deliveries that arrived while the window was open, of those it asked for. */
const KEEPS_UP = 0.95
/** Percent of a core. */
const LOAD_FULL = 90
const DISTURBED = 5

type Costs = { server: number; load: number; serverCore: number; loadCore: number }

export type Observation = Window & {
  readonly serverMsPer1000: number
  readonly serverCpu: number
  readonly loadCpu: number
  readonly saturated: boolean
  /** Somebody else used so much of a core that the latencies may be theirs. */
  readonly disturbed: boolean
  readonly marks: readonly string[]
}
