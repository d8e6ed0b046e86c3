// `npm test`: every check in one command, in the order in which they fail fastest. Ends with a table and the counts.

import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { chromiumPath } from './prerequisites.ts'
import { readPlaywright, readVitest, type Outcome } from './runnerReports.ts'

const RESULTS = 'e2e/results'
type Step = { name: string; command: string[]; outcome: (status: number) => Outcome }
type Row = Outcome & { name: string; seconds: number }

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
  const environment = { ...process.env, CHROMIUM_PATH: chromiumPath() }
  const only = process.argv.slice(2)
  const rows: Row[] = []
  for (const step of steps.filter((candidate) => only.length === 0 || only.some((word) => candidate.name.includes(word)))) {
    process.stdout.write(`\n── ${step.name}\n`)
    const started = performance.now()
    const [program, ...parameters] = step.command
    if (program === undefined) throw new Error(`the step ${step.name} has no command`)
    const { status } = spawnSync(program, parameters, { stdio: 'inherit', env: environment })
    rows.push({ name: step.name, seconds: (performance.now() - started) / 1000, ...step.outcome(status ?? 1) })
  }
  report(rows)
}

/** The failures stand under the table, because the end of a long run is what is read, and sometimes all that is kept of it. */
function report(rows: readonly Row[]): void {
  process.stdout.write('\n')
  for (const { name, seconds, passed, failures } of rows) {
    const mark = failures.length === 0 ? 'ok    ' : 'FAILED'
    process.stdout.write(`${mark} ${name.padEnd(42)} ${String(passed).padStart(5)} passed ${String(failures.length).padStart(4)} failed ${seconds.toFixed(1).padStart(7)} s\n`)
  }
  const failures = rows.flatMap((row) => row.failures)
  for (const { test, words } of failures) process.stdout.write(`\nFAILED ${test}\n${words}\n`)
  process.stdout.write(`\n${String(rows.reduce((sum, { passed }) => sum + passed, 0))} passed, ${String(failures.length)} failed\n`)
  process.exitCode = failures.length === 0 ? 0 : 1
}

function asOne(status: number): Outcome {
  return status === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [{ test: 'the step', words: `ended with the status ${String(status)}: see above` }] }
}

/** A runner that fails outside its tests (a crash, no test found) must not count as green. */
function withStatus(outcome: Outcome, status: number): Outcome {
  if (outcome.failures.length > 0 || (status === 0 && outcome.passed > 0)) return outcome
  return { ...outcome, failures: [{ test: 'outside the tests', words: `the runner ended with the status ${String(status)}: see above` }] }
}

main()
