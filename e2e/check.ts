// `npm test`: every check in one command, in the order in which they fail fastest. Ends with a table and the counts.
//
//   npm test -- <words>       only the steps whose name has one of these in it
//   npm test -- --repeat      what failed is run once more, by itself: what passes then is listed as unsteady, and does not
//                             make the run red. So one race in 1,700 tests is told, and does not hold up a landing.

import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { chromiumPath } from './prerequisites.ts'
import { readPlaywright, readVitest, type Failure, type Outcome } from './runnerReports.ts'

const RESULTS = 'e2e/results'
/** More than these at once are a fault, whatever a second run would say. */
const REPEATED_MAX = 5
type Step = { name: string; command: string[]; outcome: (status: number) => Outcome }
type Row = Outcome & { name: string; seconds: number; unsteady: Failure[] }

const steps: Step[] = [
  { name: 'types', command: ['tsc', '-p', '.'], outcome: asOne },
  { name: 'lint, layers, cycles', command: ['oxlint', '--type-aware'], outcome: asOne },
  { name: 'web client builds', command: ['vite', 'build', '--logLevel', 'warn'], outcome: asOne },
  {
    name: 'unit, property, integration, simulation',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}/vitest.json`],
    outcome: (status) => withStatus(readVitest(`${RESULTS}/vitest.json`), status),
  },
  {
    name: 'browser',
    command: ['playwright', 'test', '--config', 'e2e/playwright.config.ts'],
    outcome: (status) => withStatus(readPlaywright(`${RESULTS}/playwright.json`), status),
  },
]

function main(): void {
  rmSync(RESULTS, { recursive: true, force: true })
  mkdirSync(RESULTS, { recursive: true })
  const { values, positionals } = parseArgs({ options: { repeat: { type: 'boolean', default: false } }, allowPositionals: true })
  const asked = steps.filter((step) => positionals.length === 0 || positionals.some((word) => step.name.includes(word)))
  report(asked.map((step) => {
    process.stdout.write(`\n── ${step.name}\n`)
    const started = performance.now()
    const first = run(step, [])
    const { failures, unsteady } = values.repeat ? again(step, first.failures) : { failures: first.failures, unsteady: [] }
    return { name: step.name, seconds: (performance.now() - started) / 1000, passed: first.passed + unsteady.length, failures, unsteady }
  }))
}

function run({ command, outcome }: Step, only: string[]): Outcome {
  const [program, ...parameters] = command
  if (program === undefined) throw new Error('a step has no command')
  const { status } = spawnSync(program, [...parameters, ...only], { stdio: 'inherit', env: { ...process.env, CHROMIUM_PATH: chromiumPath() } })
  return outcome(status ?? 1)
}

/** Runs what failed once more; where anything fails again, all that failed at first has failed. */
function again(step: Step, failures: Failure[]): { failures: Failure[]; unsteady: Failure[] } {
  const places = failures.flatMap(({ place }) => place ?? [])
  if (places.length === 0 || places.length < failures.length || places.length > REPEATED_MAX) return { failures, unsteady: [] }
  process.stdout.write(`\n── ${step.name}, once more: ${places.join(' ')}\n`)
  return run(step, places).failures.length === 0 ? { failures: [], unsteady: failures } : { failures, unsteady: [] }
}

/** The failures stand under the table, because the end of a long run is what is read, and sometimes all that is kept of it. */
function report(rows: readonly Row[]): void {
  process.stdout.write('\n')
  for (const { name, seconds, passed, failures } of rows) {
    const mark = failures.length === 0 ? 'ok    ' : 'FAILED'
    process.stdout.write(`${mark} ${name.padEnd(42)} ${String(passed).padStart(5)} passed ${String(failures.length).padStart(4)} failed ${seconds.toFixed(1).padStart(7)} s\n`)
  }
  const failures = rows.flatMap((row) => row.failures)
  const unsteady = rows.flatMap((row) => row.unsteady)
  for (const { test, words } of unsteady) process.stdout.write(`\nUNSTEADY, passed when repeated: ${test}\n${words}\n`)
  for (const { test, words } of failures) process.stdout.write(`\nFAILED ${test}\n${words}\n`)
  process.stdout.write(`\n${String(rows.reduce((sum, { passed }) => sum + passed, 0))} passed, ${String(failures.length)} failed${unsteady.length > 0 ? `, ${String(unsteady.length)} unsteady` : ''}\n`)
  process.exitCode = failures.length === 0 ? 0 : 1
}

function asOne(status: number): Outcome {
  return status === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [{ test: 'the step', place: null, words: `ended with the status ${String(status)}: see above` }] }
}

/** A runner that fails outside its tests (a crash, no test found) must not count as green. */
function withStatus(outcome: Outcome, status: number): Outcome {
  if (outcome.failures.length > 0 || (status === 0 && outcome.passed > 0)) return outcome
  return { ...outcome, failures: [{ test: 'outside the tests', place: null, words: `the runner ended with the status ${String(status)}: see above` }] }
}

main()
