import { execFileSync } from 'node:child_process'

/** The server under test alone on one core, everything that loads it on the other. */
export const SERVER_CORE = 0
export const LOAD_CORE = 1

/** Threads started later inherit this. */
export const pinToLoadCore = (): void => {
  execFileSync('taskset', ['-a', '-c', '-p', String(LOAD_CORE), String(process.pid)], { stdio: 'ignore' })
}
