// `npm run admin -- …`: administration from the command line, for whoever has the data directory. The server on it has to
// be stopped meanwhile: one process a database.

import { v7 as uuidv7 } from 'uuid'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import { createAdministration } from '../administration/administration.ts'
import { StartError } from '../startError.ts'
import { administer } from './administer.ts'
import { ADMIN_USAGE, parseAdminCommand } from './adminCommand.ts'
import { parseCommandLine, runCommand, withDatabase } from './command.ts'

await runCommand(async () => {
  const { values, positionals } = parseCommandLine(
    { allowPositionals: true, options: { uses: { type: 'string' }, days: { type: 'string' }, note: { type: 'string' } } },
    ADMIN_USAGE,
  )
  const command = parseAdminCommand(positionals, values)
  await withDatabase(async ({ database }) => {
    // Nothing is connected that could be told.
    const administration = createAdministration({ database, sessionsEnded: () => undefined, clock: Date.now, newId: uuidv7 })
    try {
      for await (const line of administer({ database, administration }, command)) console.log(line)
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
      throw new StartError(error.message, { cause: error })
    }
  })
})
