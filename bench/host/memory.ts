import { readFileSync } from 'node:fs'

export const residentKb = (pid: number): number => {
  const match = /^Rss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
  if (match === null) throw new Error(`no resident size for process ${pid}`)
  return Number(match[1])
}
