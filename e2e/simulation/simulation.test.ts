import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { report } from './report.ts'
import { simulate } from './simulate.ts'

const SEEDS = 50
/**
 * Seeds that break a rule when the fix is taken out again, each with what was wrong. What a seed lives through follows
 * from the actions and from every chance drawn, so a change of actions.ts can make a pin miss its bug: pin anew then.
 */
const Pinned = z.array(z.strictObject({ seed: z.int(), annotating: z.boolean().default(true), why: z.string() }))
const pinned = Pinned.parse(JSON.parse(readFileSync(new URL('pinned.json', import.meta.url), 'utf8')))

for (const { seed, annotating, why } of pinned) {
  test(`seed ${seed} keeps every rule; once: ${why}`, async () => {
    expect(await brokenBy(seed, annotating)).toBe('')
  })
}

test(`${SEEDS} worlds keep every rule`, { timeout: 600_000 }, async () => {
  for (let seed = 1; seed <= SEEDS; seed++) expect(await brokenBy(seed)).toBe('')
})

test('the same seed lives through the same troubles and gets the same verdict', async () => {
  const [first, second] = [await simulate(7), await simulate(7)]
  expect(second.steps).toEqual(first.steps)
  expect(second.violations).toEqual(first.violations)
})

async function brokenBy(seed: number, annotating = true): Promise<string> {
  const verdict = await simulate(seed, { annotating })
  return verdict.violations.length === 0 ? '' : report(verdict)
}
