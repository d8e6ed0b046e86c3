// What is printed of a failed run: the seed, the rules it broke, and the steps around the first of them.

import { START } from './virtualTime.ts'
import type { Verdict } from './simulate.ts'

const VIOLATIONS_SHOWN = 8
const STEPS_SHOWN = 40

export function report({ seed, violations, steps, history }: Verdict): string {
  const first = violations.find(({ step }) => step !== null)
  const at = first?.step === undefined || first.step === null ? undefined : history?.events[first.step]?.at
  const shown = at === undefined ? steps : steps.filter((line) => Number(line.trimStart().split(' ', 1)[0]) * 1000 + START <= at)
  const more = violations.length > VIOLATIONS_SHOWN ? [`  … and ${violations.length - VIOLATIONS_SHOWN} more`] : []
  return [
    `seed ${seed} broke ${violations.length} ${violations.length === 1 ? 'rule' : 'rules'}; again: node e2e/simulation/run.ts --seed ${seed}`,
    ...violations.slice(0, VIOLATIONS_SHOWN).map(({ rule, words, step }) => `  [${rule}] ${words}${step === null ? ' (at rest)' : ` (event ${step})`}`),
    ...more,
    at === undefined ? `the last ${STEPS_SHOWN} of ${steps.length} steps:` : `the ${STEPS_SHOWN} steps before it:`,
    ...shown.slice(-STEPS_SHOWN).map((line) => `  ${line}`),
  ].join('\n')
}
