import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { appendWithoutServer } from '../../server/import/appendWithoutServer.ts'
import { runImport } from '../../server/import/run.ts'
import { createLogger } from '../../server/logger.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'
import type { Measure, Reading } from './measure.ts'

/** A WhatsApp export through the real append path into an empty database, and once more over what is there already. */
export const importRate: Measure = {
  name: 'import',
  targets: ['ours'],
  cases: (sizes) => [
    {
      title: `${sizes.import.entries.toLocaleString('en')} entries`,
      headline: { figure: 'entries/s', better: 'more' },
      run: () => run(sizes.import.entries),
    },
  ],
}

const run = async (entries: number): Promise<Reading> => {
  const folder = resolve(import.meta.dirname, `../results/.import-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  try {
    const path = `${folder}/WhatsApp Chat with Hiking.txt`
    writeFileSync(path, chat(entries))
    const database = await openSqlite({ file: `${folder}/parley.db` })
    const append = appendWithoutServer(database.log, Date.now, createLogger('warn'))
    const first = await runImport({ path, database, append, clock: Date.now })
    const again = await runImport({ path, database, append, clock: Date.now })
    await database.close()
    if (first.entries.stored !== entries || again.entries.already !== entries) throw new Error('the import lost or doubled an entry')
    return { figures: { 'entries/s': entries / first.seconds, 'again/s': entries / again.seconds }, marks: ['in the load process'] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const chat = (entries: number): string =>
  Array.from({ length: entries }, (_, entry) => {
    const at = new Date(Date.UTC(2020, 0, 13) + entry * 60_000)
    const [day, month, year] = [at.getUTCDate(), at.getUTCMonth() + 1, at.getUTCFullYear()].map((part) => String(part).padStart(2, '0'))
    return `${day}/${month}/${year}, ${at.toISOString().slice(11, 16)} - ${NAMES[entry % NAMES.length]}: ${entry} we meet at the station and walk along the river, bring water and a hat\n`
  }).join('')

const NAMES = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara']
