// What the two test runners wrote of their run: how many tests passed, and which failed with what words.

import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'

/** `place`: what its runner takes to run it once more; null where no test is to blame. */
export type Failure = { test: string; place: string | null; words: string }
export type Outcome = { passed: number; failures: Failure[] }

/** How much of an error is repeated at the end of a run: what was expected and what came, not the whole page. */
const LINES_OF_ERROR = 8

const VitestReport = z.object({
  numPassedTests: z.number(),
  testResults: z.array(z.object({
    name: z.string(),
    status: z.string(),
    message: z.string(),
    assertionResults: z.array(z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() })),
  })),
})

/** @throws SyntaxError or ZodError when the file is not a report of Vitest. */
export function readVitest(path: string): Outcome {
  const { numPassedTests, testResults } = VitestReport.parse(JSON.parse(readFileSync(path, 'utf8')))
  const failures = testResults.flatMap((file) => {
    const place = relative(process.cwd(), file.name)
    const failed = file.assertionResults.filter(({ status }) => status === 'failed')
    // A file that cannot be loaded, or whose hooks fail, has no test that did.
    if (failed.length === 0 && file.status === 'failed') return [{ test: place, place, words: firstLines(file.message) }]
    return failed.map((test) => ({ test: `${place} › ${test.fullName}`, place, words: firstLines(test.failureMessages?.join('\n') ?? '') }))
  })
  return { passed: numPassedTests, failures }
}

const PlaywrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  tests: z.array(z.object({ status: z.string(), results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })) })),
})
const PlaywrightSuite = z.object({
  specs: z.array(PlaywrightSpec).default([]),
  get suites(): z.ZodDefault<z.ZodArray<typeof PlaywrightSuite>> {
    return z.array(PlaywrightSuite).default([])
  },
})
const PlaywrightReport = z.object({ stats: z.object({ expected: z.number() }), suites: z.array(PlaywrightSuite) })

/** @throws SyntaxError or ZodError when the file is not a report of Playwright. */
export function readPlaywright(path: string): Outcome {
  const { stats, suites } = PlaywrightReport.parse(JSON.parse(readFileSync(path, 'utf8')))
  const failures = suites.flatMap(specsOf).flatMap((spec) => spec.tests
    .filter(({ status }) => status === 'unexpected' || status === 'flaky')
    .map(({ results }) => ({
      test: `${spec.file}:${String(spec.line)} › ${spec.title}`,
      place: `${spec.file}:${String(spec.line)}`,
      words: firstLines(results.flatMap(({ error }) => error?.message ?? []).join('\n')),
    })))
  return { passed: stats.expected, failures }
}

function specsOf(suite: z.infer<typeof PlaywrightSuite>): z.infer<typeof PlaywrightSpec>[] {
  return [...suite.specs, ...suite.suites.flatMap(specsOf)]
}

function firstLines(words: string): string {
  return stripVTControlCharacters(words).split('\n').filter((line) => !line.includes('/node_modules/')).slice(0, LINES_OF_ERROR).join('\n')
}
