// A process that commits until it is killed, for crash.test.ts: prints the last seq of each commit once it is acknowledged.
// Alone in its batches or in bulk, so that the kill meets commits, checkpoints and growth of the file.

import { writeSync } from 'node:fs'
import { id, message, team } from '../contract/cast.ts'
import { openSqlite } from './open.ts'

const [file = '', firstNumber = '1'] = process.argv.slice(2)
const database = await openSqlite({ file })

for (let number = Number(firstNumber); ; ) {
  const size = 1 + ((number * 7) % 60)
  const entries = Array.from({ length: size }, (_, index) => message(number + index, `${number + index} ${'word '.repeat(60)}`))
  number += size
  const [outcome] = await database.log.commit([{ conversation: team, author: id(1), device: id(2), now: Date.now(), entries }])
  if (outcome?.type !== 'committed') throw new Error('The writer is no member.')
  // Straight to the pipe: a line that waits in this process dies with it.
  writeSync(1, `${outcome.head}\n`)
}
