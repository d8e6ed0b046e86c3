import { setTimeout as sleep } from 'node:timers/promises'
import { residentKb } from '../host/memory.ts'
import { ServerProcess } from '../host/serverProcess.ts'
import { Crowd } from '../load/crowd.ts'
import { planRooms } from '../load/rooms.ts'
import { targetNames, type Target } from '../targets/target.ts'
import { median } from './median.ts'
import type { Measure, Reading, Sizes } from './measure.ts'

/** What a signed-in member who does nothing costs, with large rooms so that rooms cost nothing. */
export const idleMemory: Measure = {
  name: 'memory',
  targets: targetNames,
  cases: ({ memory }) => [
    {
      title: `${memory.connections} idle`,
      headline: { figure: 'KB/connection', better: 'less' },
      run: (target) => run(target, memory),
    },
  ],
}

/** Repeated, because how much of its garbage a heap keeps is luck. */
const run = async (target: Target, sizes: Sizes['memory']): Promise<Reading> => {
  const readings: number[] = []
  while (readings.length < sizes.repeats) readings.push(await kbPerConnection(target, sizes))
  return { figures: { 'KB/connection': median(readings) }, marks: [] }
}

const kbPerConnection = async (target: Target, { connections, settleMs }: Sizes['memory']): Promise<number> => {
  const server = await ServerProcess.start(target)
  // The first members pay for compiled code and for the rooms; they stay, and are not counted.
  const first = await Crowd.open(target, server.port, planRooms(ROOMS, 2))
  await sleep(settleMs)
  const before = residentKb(server.pid)
  const rest = await Crowd.open(target, server.port, planRooms(ROOMS, connections / ROOMS))
  await sleep(settleMs)
  const after = residentKb(server.pid)
  rest.close()
  first.close()
  await server.stop()
  return (after - before) / connections
}

const ROOMS = 50
