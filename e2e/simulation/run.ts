// `node e2e/simulation/run.ts --seeds 1000 [--from 1]` runs that many worlds and prints those that broke a rule;
// `--seed 17` runs one and prints all it did.

import { parseArgs } from 'node:util'
import { report } from './report.ts'
import { simulate } from './simulate.ts'

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '50' }, from: { type: 'string', default: '1' }, seed: { type: 'string' }, events: { type: 'boolean', default: false } },
})

if (values.seed === undefined) await many(Number(values.from), Number(values.seeds))
else await one(Number(values.seed))

async function many(from: number, count: number): Promise<void> {
  const started = performance.now()
  const failed: number[] = []
  let entries = 0
  for (let seed = from; seed < from + count; seed++) {
    const verdict = await simulate(seed)
    entries += verdict.figures.entries
    if (verdict.violations.length === 0) continue
    failed.push(seed)
    process.stdout.write(`${report(verdict)}\n\n`)
  }
  const seconds = (performance.now() - started) / 1000
  process.stdout.write(`${count} seeds, ${entries} entries, ${seconds.toFixed(1)} s, ${(count / seconds).toFixed(2)} seeds/s; failed: ${failed.length === 0 ? 'none' : failed.join(', ')}\n`)
  process.exitCode = failed.length === 0 ? 0 : 1
}

async function one(seed: number): Promise<void> {
  const started = performance.now()
  const verdict = await simulate(seed)
  process.stdout.write(`${verdict.steps.join('\n')}\n`)
  if (values.events) for (const [step, event] of (verdict.history?.events ?? []).entries()) process.stdout.write(`${step} ${JSON.stringify(event)}\n`)
  if (verdict.violations.length > 0) process.stdout.write(`${report(verdict)}\n`)
  process.stdout.write(`${JSON.stringify(verdict.figures)}, ${verdict.violations.length} violations, ${(performance.now() - started).toFixed(0)} ms\n`)
  process.exitCode = verdict.violations.length === 0 ? 0 : 1
}
