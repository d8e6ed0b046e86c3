import { closeSync, fdatasyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { performance } from 'node:perf_hooks'
import { resolve } from 'node:path'
import { median } from '../measures/median.ts'

/** What the figures depend on and the table does not show. */
export const describeMachine = (): Machine => ({
  date: new Date().toISOString(),
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  linux: release(),
  node: process.version,
  flushMs: medianFlushMs(),
})

/** The price of one durable write: it decides what a server that flushes per message can do. */
const medianFlushMs = (): number => {
  const folder = resolve(import.meta.dirname, '../results')
  mkdirSync(folder, { recursive: true })
  const path = resolve(folder, `.flush-${process.pid}`)
  const file = openSync(path, 'w')
  const page = Buffer.alloc(4096)
  const times = Array.from({ length: 100 }, () => {
    writeSync(file, page)
    const start = performance.now()
    fdatasyncSync(file)
    return performance.now() - start
  })
  closeSync(file)
  rmSync(path)
  return Number(median(times).toFixed(3))
}

export type Machine = { date: string; cpu: string; cores: number; linux: string; node: string; flushMs: number }
