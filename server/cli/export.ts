// `npm run export -- …`: conversations as Parley lines, which `npm run import` takes back without loss. The server on the
// same data directory has to be stopped meanwhile: one process a database.

import { createWriteStream, existsSync, renameSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ConversationRecord, Database } from '../../storage/database.ts'
import { chooseConversations } from '../export/chooseConversations.ts'
import { allConversations, exportLines } from '../export/exportLines.ts'
import { count } from '../import/summary.ts'
import { StartError } from '../startError.ts'
import { parseCommandLine, runCommand, withDatabase } from './command.ts'
import { createProgressBar } from './progressBar.ts'

const USAGE = `npm run export -- <id or name of a conversation> …   these conversations and the people in them
npm run export -- --all                              everything

  --out <file>   instead of standard output`

const LINES_PER_UPDATE = 2_000
const NAMES_SHOWN = 20

await runCommand(async () => {
  const { values, positionals } = parseCommandLine(
    { allowPositionals: true, options: { all: { type: 'boolean', default: false }, out: { type: 'string' } } },
    USAGE,
  )
  if (values.all === positionals.length > 0) throw new StartError(USAGE)
  if (values.out !== undefined && existsSync(values.out)) throw new StartError(`${values.out} exists already. Choose another name.`)
  await withDatabase(({ database }) => write(database, values.all ? null : positionals, values.out))
})

async function write(database: Database, wanted: readonly string[] | null, out: string | undefined): Promise<void> {
  const all = await allConversations(database)
  const chosen = wanted === null ? all : chosenFrom(all, wanted)
  // What was said is about to be read, whether or not the end is reached.
  await database.administration.begins({ now: Date.now(), act: 'exported', detail: wanted === null ? 'all' : String(chosen.length) })
  const expected = chosen.reduce((sum, { head }) => sum + head, 0)
  const bar = createProgressBar()
  let lines = 0
  const source = Readable.from(
    (async function* () {
      for await (const line of exportLines(database, wanted === null ? null : chosen)) {
        yield line
        lines += 1
        if (lines % LINES_PER_UPDATE === 0) bar.update(Math.min(1, lines / Math.max(1, expected)), `${count(lines)} lines`)
      }
    })(),
  )
  try {
    if (out === undefined) await pipeline(source, process.stdout, { end: false })
    else {
      // A half-written export must not look like one.
      await pipeline(source, createWriteStream(`${out}.part`, { flags: 'w', mode: 0o600, flush: true }))
      renameSync(`${out}.part`, out)
    }
  } finally {
    bar.stop()
  }
  console.error(`${count(chosen.length)} conversations, ${count(expected)} messages${out === undefined ? '' : ` in ${out}`}`)
}

function chosenFrom(all: readonly ConversationRecord[], wanted: readonly string[]): ConversationRecord[] {
  const choice = chooseConversations(all, wanted)
  switch (choice.type) {
    case 'chosen':
      return choice.conversations
    case 'unknown':
      throw new StartError(`There is no conversation "${choice.wanted}". Some that have a name:\n${namesOf(all)}`)
    case 'ambiguous':
      throw new StartError(`Several conversations are called "${choice.wanted}". Give the id of one:\n${choice.ids.join('\n')}`)
    default:
      return choice satisfies never
  }
}

function namesOf(all: readonly ConversationRecord[]): string {
  return all
    .filter(({ name }) => name !== '')
    .slice(0, NAMES_SHOWN)
    .map(({ id, name }) => `  ${id}  ${name}`)
    .join('\n')
}
