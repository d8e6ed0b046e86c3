/**
 * npm run bench:ui
 *
 * What a person at a browser feels, measured in Chromium without a graphics card: worse than any machine people have.
 */
import { buildClient } from '../../e2e/browser/buildClient.ts'
import { describeMachine } from '../host/machine.ts'
import { writeResults } from '../report/results.ts'
import { formatTable } from '../report/table.ts'
import { scroll } from './scroll.ts'

await buildClient()
const machine = describeMachine()
const rows = [await scroll(1_000), await scroll(100_000), await scroll(1_000_000)]
console.log(`${machine.cpu}, ${machine.cores} cores, node ${machine.node}, ${machine.date}`)
console.log(formatTable(rows))
console.log(writeResults(machine, {}, rows))
process.exit()
