import { readdirSync, readFileSync } from 'node:fs'

/**
 * CPU a process has used, user and system, all threads. From schedstat, in nanoseconds: the ticks in
 * /proc/<pid>/stat are 10 ms, a tenth of what a small room costs in a window.
 */
export const processCpuMs = (pid: number): number => {
  const threads = readdirSync(`/proc/${pid}/task`)
  const nanoseconds = threads.map((thread) => firstNumber(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')))
  return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6
}

/** CPU that anybody used on one core since boot. */
export const coreBusyMs = (core: number): number => {
  const line = readFileSync('/proc/stat', 'utf8').split('\n').find((each) => each.startsWith(`cpu${core} `))
  if (line === undefined) throw new Error(`there is no core ${core}`)
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] = line.split(/\s+/).slice(1).map(Number)
  return (user + nice + system + irq + softIrq) * TICK_MS
}

const firstNumber = (text: string): number => Number(text.split(' ')[0])

/** Linux reports /proc/stat in hundredths of a second on every common build. */
const TICK_MS = 10
