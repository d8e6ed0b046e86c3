// `npm run import -- <path> …`: real history into the log, with its authors and times. The server on the same data directory
// has to be stopped meanwhile: one process a database.

import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { UserId } from '../../shared/ids.ts'
import { withoutInvisible } from '../../shared/displayName.ts'
import type { AccountStore } from '../../storage/database.ts'
import { appendWithoutServer } from '../import/appendWithoutServer.ts'
import { DEFAULT_OPTIONS } from '../import/formats/source.ts'
import { createProblemReport } from '../import/problemReport.ts'
import type { Progress } from '../import/run.ts'
import { runImport } from '../import/run.ts'
import { count, entriesSeen, summaryInWords } from '../import/summary.ts'
import { createLogger } from '../logger.ts'
import { StartError } from '../startError.ts'
import { parseCommandLine, runCommand, withDatabase } from './command.ts'
import type { ProgressBar } from './progressBar.ts'
import { createProgressBar } from './progressBar.ts'

const USAGE = `npm run import -- <file, folder or zip> [options]

  --member <handle>   an account that is put into each conversation, so that it can be opened; may be repeated,
                      the first becomes the owner of new groups
  --zone <zone>       time zone of times that come without one, like Europe/Berlin (default: utc)
  --name <name>       name of the conversation, for a file that holds one
  --source <word>     keeps people apart who are called the same in another export
  --json              the result as JSON on standard output`

await runCommand(async () => {
  const { values, positionals } = parseCommandLine(
    {
      allowPositionals: true,
      options: {
        member: { type: 'string', multiple: true, default: [] },
        zone: { type: 'string', default: DEFAULT_OPTIONS.zone },
        name: { type: 'string' },
        source: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    },
    USAGE,
  )
  const [path, ...rest] = positionals
  if (path === undefined || rest.length > 0) throw new StartError(USAGE)
  const { name, source } = values

  await withDatabase(async ({ database, dataDir }) => {
    const members = await membersOf(database.accounts, values.member)
    if (existsSync(path)) await database.administration.begins({ now: Date.now(), act: 'imported', detail: withoutInvisible(basename(path)) ?? '' })
    const report = createProblemReport(dataDir, new Date())
    const bar = createProgressBar()
    const startedAt = performance.now()
    try {
      const summary = await runImport({
        path,
        database,
        append: appendWithoutServer(database.log, Date.now, createLogger('error')),
        clock: Date.now,
        members,
        reading: { zone: values.zone },
        ...(name === undefined ? {} : { name }),
        ...(source === undefined ? {} : { source }),
        onProblem: (problem) => report.add(problem),
        onProgress: (progress) => show(bar, progress, startedAt),
      })
      bar.stop()
      console.log(values.json ? JSON.stringify(summary) : summaryInWords(summary))
    } finally {
      bar.stop()
      for (const line of report.close()) console.error(line)
    }
  })
})

async function membersOf(accounts: Pick<AccountStore, 'byHandle'>, handles: readonly string[]): Promise<UserId[]> {
  const members: UserId[] = []
  for (const handle of handles) {
    const account = await accounts.byHandle(handle)
    if (account === null) throw new StartError(`There is no account with the handle ${handle}. Sign up first, then import.`)
    members.push(account.id)
  }
  return members
}

function show(bar: ProgressBar, { summary, part, label }: Progress, startedAt: number): void {
  const seen = entriesSeen(summary)
  const rate = seen / Math.max(0.001, (performance.now() - startedAt) / 1000)
  bar.update(part, `${count(seen)} messages, ${count(Math.round(rate))}/s  ${label}`)
}
