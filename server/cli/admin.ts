// `npm run admin -- …`: administration from the command line, for whoever has the data directory. A server that runs on it is
// asked to do it; without one the database is opened here.

import { v7 as uuidv7 } from 'uuid'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import { administer } from '../administration/administer.ts'
import { ADMIN_USAGE, parseAdminCommand } from '../administration/adminCommand.ts'
import { createAdministration } from '../administration/administration.ts'
import { askOperatorSocket } from '../administration/operatorSocket.ts'
import { argon2Passwords } from '../auth/passwords.ts'
import { readConfig } from '../config.ts'
import { StartError } from '../startError.ts'
import { parseCommandLine, runCommand, withDatabase } from './command.ts'

await runCommand(async () => {
  const { values, positionals } = parseCommandLine(
    { allowPositionals: true, options: { uses: { type: 'string' }, days: { type: 'string' }, note: { type: 'string' } } },
    ADMIN_USAGE,
  )
  const command = parseAdminCommand(positionals, values)
  const answer = await askOperatorSocket(readConfig().dataDir, { words: positionals, options: values })
  if (answer !== null) return print(answer)
  await withDatabase(async ({ database }) => {
    // Nothing is connected that could be told.
    const administration = createAdministration({ database, passwords: argon2Passwords, sessionsEnded: () => undefined, clock: Date.now, newId: uuidv7 })
    await print(administer({ database, administration }, command))
  })
})

async function print(lines: AsyncGenerator<string>): Promise<void> {
  try {
    for await (const line of lines) console.log(line)
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    throw new StartError(error.message, { cause: error })
  }
}
