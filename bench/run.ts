/**
 * npm run bench [-- --quick] [--only fanout|saturation|memory|open|startup|flush|import|presence] [--target ours|socketio|hocuspocus]
 *
 * Measures our server and two yardsticks in the same run, one server at a time on its own core; this
 * process is the load, on the other core. --only and --target may be repeated.
 */
import { pinToLoadCore } from './host/cores.ts'
import { describeMachine } from './host/machine.ts'
import { allMeasures } from './measures/allMeasures.ts'
import { fullSizes, quickSizes, type Row } from './measures/measure.ts'
import { readOptions } from './options.ts'
import { writeResults } from './report/results.ts'
import { formatTable } from './report/table.ts'
import { allTargets } from './targets/allTargets.ts'

const options = readOptions(process.argv.slice(2))
const sizes = options.quick ? quickSizes : fullSizes
const measures = allMeasures.filter(({ name }) => options.only.includes(name))
const targets = allTargets.filter(({ name }) => options.target.includes(name))
if (targets.length === 0) throw new Error(`there is no target ${options.target.join(' or ')} yet`)

pinToLoadCore()
const machine = describeMachine()
const rows: Row[] = []
try {
  for (const measure of measures) {
    for (const each of measure.cases(sizes)) {
      for (const target of targets.filter(({ name }) => measure.targets.includes(name))) {
        process.stderr.write(`${measure.name} ${each.title} ${target.name}\n`)
        const reading = await each.run(target)
        rows.push({ measure: measure.name, case: each.title, target: target.name, headline: each.headline, ...reading })
      }
    }
  }
} finally {
  // Also what was measured before one of them failed: it took minutes.
  console.log(`${machine.cpu}, node ${machine.node}, one flush ${machine.flushMs} ms, ${machine.date}`)
  console.log(formatTable(rows))
  console.log(writeResults(machine, options, rows))
}
process.exit()
