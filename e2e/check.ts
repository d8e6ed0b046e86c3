// `npm test`: every check in one command, in the order in which they fail fastest. Ends with a table and the counts.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { z } from 'zod'
import { chromiumPath } from './prerequisites.ts'

const RESULTS = 'e2e/results'
type Verdict = { passed: number; failed: number }
type Step = { name: string; command: string[]; verdict: (status: number) => Verdict }

const steps: Step[] = [
  { name: 'types', command: ['tsc', '-p', '.'], verdict: asOne },
  { name: 'lint, layers, cycles', command: ['oxlint', '--type-aware'], verdict: asOne },
  { name: 'web client builds', command: ['vite', 'build', '--logLevel', 'warn'], verdict: asOne },
  {
    name: 'unit, property, integration, simulation',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}/vitest.json`],
    verdict: (status) => withStatus(vitestCounts(), status),
  },
  {
    name: 'browser',
    command: ['playwright', 'test', '--config', 'e2e/playwright.config.ts'],
    verdict: (status) => withStatus(playwrightCounts(), status),
  },
]

function main(): void {
  rmSync(RESULTS, { recursive: true, force: true })
  mkdirSync(RESULTS, { recursive: true })
  const environment = { ...process.env, CHROMIUM_PATH: chromiumPath() }
  const only = process.argv.slice(2)
  const rows: { name: string; seconds: number; verdict: Verdict }[] = []
  for (const step of steps.filter((candidate) => only.length === 0 || only.some((word) => candidate.name.includes(word)))) {
    process.stdout.write(`\n── ${step.name}\n`)
    const started = performance.now()
    const [program, ...parameters] = step.command
    if (program === undefined) throw new Error(`the step ${step.name} has no command`)
    const { status } = spawnSync(program, parameters, { stdio: 'inherit', env: environment })
    rows.push({ name: step.name, seconds: (performance.now() - started) / 1000, verdict: step.verdict(status ?? 1) })
  }
  report(rows)
}

function report(rows: readonly { name: string; seconds: number; verdict: Verdict }[]): void {
  process.stdout.write('\n')
  for (const { name, seconds, verdict } of rows) {
    const mark = verdict.failed === 0 ? 'ok    ' : 'FAILED'
    process.stdout.write(`${mark} ${name.padEnd(42)} ${String(verdict.passed).padStart(5)} passed ${String(verdict.failed).padStart(4)} failed ${seconds.toFixed(1).padStart(7)} s\n`)
  }
  const passed = rows.reduce((sum, row) => sum + row.verdict.passed, 0)
  const failed = rows.reduce((sum, row) => sum + row.verdict.failed, 0)
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  process.exitCode = failed === 0 ? 0 : 1
}

function asOne(status: number): Verdict {
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** A runner that fails outside its tests (a crash, no test found) must not count as green. */
function withStatus(counts: Verdict, status: number): Verdict {
  if (status !== 0 && counts.failed === 0) return { ...counts, failed: 1 }
  return counts.passed === 0 && counts.failed === 0 ? { passed: 0, failed: 1 } : counts
}

function vitestCounts(): Verdict {
  const Report = z.object({ numPassedTests: z.number(), numFailedTests: z.number() })
  const { numPassedTests, numFailedTests } = Report.parse(JSON.parse(readFileSync(`${RESULTS}/vitest.json`, 'utf8')))
  return { passed: numPassedTests, failed: numFailedTests }
}

function playwrightCounts(): Verdict {
  const Report = z.object({ stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }) })
  const { stats } = Report.parse(JSON.parse(readFileSync(`${RESULTS}/playwright.json`, 'utf8')))
  // A flaky test is a failed one: nobody should have to run the suite twice.
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky }
}

main()
