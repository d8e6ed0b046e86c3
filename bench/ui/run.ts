/**
 * npm run bench:ui            everything
 * npm run bench:ui -- switch  what is named: first-screen, start, switch, keystroke, scroll
 *
 * What a person at a browser feels, measured in Chromium without a graphics card: worse than any machine people have.
 */
import { buildClient } from '../../e2e/browser/buildClient.ts'
import { describeMachine } from '../host/machine.ts'
import type { Row } from '../measures/measure.ts'
import { writeResults } from '../report/results.ts'
import { formatTable } from '../report/table.ts'
import { coldStart } from './coldStart.ts'
import { firstScreen } from './firstScreen.ts'
import { scroll } from './scroll.ts'
import { switching } from './switching.ts'
import { writing } from './writing.ts'

const MEASURES: Record<string, () => Promise<Row[]>> = {
  'first-screen': () => firstScreen(),
  start: () => coldStart(5_000),
  switch: () => switching(5_000),
  keystroke: () => writing(50),
  scroll: async () => [await scroll(1_000), await scroll(100_000), await scroll(1_000_000)],
}

const asked = process.argv.slice(2)
const unknown = asked.find((name) => !(name in MEASURES))
if (unknown !== undefined) throw new Error(`There is no measure ${unknown}; there are ${Object.keys(MEASURES).join(', ')}.`)

await buildClient()
const machine = describeMachine()
const rows: Row[] = []
for (const [name, measure] of Object.entries(MEASURES)) if (asked.length === 0 || asked.includes(name)) rows.push(...(await measure()))
console.log(`${machine.cpu}, ${machine.cores} cores, node ${machine.node}, ${machine.date}`)
console.log(formatTable(rows))
console.log(writeResults(machine, {}, rows))
process.exit()
