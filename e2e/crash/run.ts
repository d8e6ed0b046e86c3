// `npm run crash -- --rounds 100 [--seed 7]`: as many rounds as asked for; ends at the first broken promise.

import { parseArgs } from 'node:util'
import { Random } from '../random.ts'
import { CrashTest } from './rounds.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '100' }, seed: { type: 'string' } } })
const rounds = Number(values.rounds)
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed)
const random = new Random(seed)

process.stdout.write(`${rounds} rounds, seed ${seed} (it draws when to kill; what is in flight then is the machine's)\n`)
const started = performance.now()
const test = await CrashTest.create()
try {
  for (let round = 1; round <= rounds; round++) {
    const broken = await test.round(round, random.real())
    const { acknowledged, unanswered, receipts, personal } = test.ledger.counts
    process.stdout.write(`round ${round}: ${acknowledged} entries acknowledged, ${unanswered} cut off, ${receipts} receipts, ${personal} settings: ${broken.length === 0 ? 'all there' : 'BROKEN'}\n`)
    if (broken.length === 0) continue
    process.stdout.write(`${broken.slice(0, 20).join('\n')}\nThe server said:\n${test.server.words}\n`)
    process.exitCode = 1
    break
  }
} finally {
  await test.remove()
}
process.stdout.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`)
