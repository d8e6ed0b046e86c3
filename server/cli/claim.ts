// `npm run claim -- <handle>`: a one-time code for a placeholder account that an import made. The server on the same data
// directory has to be stopped meanwhile: one process a database.

import { DatabaseUnusableError } from '../../storage/database.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'
import { offerClaim } from '../auth/claim.ts'
import { ConfigError, readConfig } from '../config.ts'
import { prepareDataDir } from '../dataDir.ts'
import { StartError } from '../startError.ts'

try {
  process.umask(0o077)
  const [handle, ...rest] = process.argv.slice(2)
  if (handle === undefined || rest.length > 0) throw new StartError('Say whose account it is: npm run claim -- <handle>')
  console.log(await claim(handle))
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof StartError || error instanceof DatabaseUnusableError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function claim(handle: string): Promise<string> {
  const database = await openSqlite({ file: prepareDataDir(readConfig().dataDir) })
  try {
    const offer = await offerClaim(database.accounts, handle, Date.now())
    switch (offer.type) {
      case 'offered':
        return `The code for ${offer.name} (${handle}) is ${offer.code}\nIt works once, when signing up, and replaces any code made before.`
      case 'unknown':
        throw new StartError(`There is no account with the handle ${handle}.`)
      case 'not-a-placeholder':
        throw new StartError(`The account ${handle} belongs to somebody already.`)
      default:
        return offer satisfies never
    }
  } finally {
    await database.close()
  }
}
