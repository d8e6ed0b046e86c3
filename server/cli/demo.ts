// `npm run demo`: people and conversations to look at, in an empty data directory. The server on it has to be stopped
// meanwhile: one process a database.

import { argon2Passwords } from '../auth/passwords.ts'
import { fillDemo } from '../demo/fillDemo.ts'
import { DEMO_PASSWORD } from '../demo/people.ts'
import { appendWithoutServer } from '../import/appendWithoutServer.ts'
import { count } from '../import/summary.ts'
import { createLogger } from '../logger.ts'
import { StartError } from '../startError.ts'
import { parseCommandLine, runCommand, withDatabase } from './command.ts'

const USAGE = `npm run demo             fills an empty data directory with people and conversations
npm run demo -- --force  also one that holds accounts of real people`

await runCommand(async () => {
  const { values } = parseCommandLine({ options: { force: { type: 'boolean', default: false } } }, USAGE)
  await withDatabase(async ({ database, dataDir }) => {
    const passwordHash = await argon2Passwords.hash(DEMO_PASSWORD)
    const append = appendWithoutServer(database.log, Date.now, createLogger('error'))
    const outcome = await fillDemo({ database, append, now: Date.now(), passwordHash }, values.force)
    switch (outcome.type) {
      case 'real-accounts':
        throw new StartError(
          `${dataDir} holds accounts of real people (${outcome.handles.slice(0, 5).join(', ')}). The demo's accounts have a password that everybody knows, ` +
            `so they do not belong here: set DATA_DIR to another directory, or say \`npm run demo -- --force\`.`,
        )
      case 'there-already':
        console.log(`The demo is in ${dataDir} already.\n${instructions(outcome.handles)}`)
        break
      case 'filled':
        console.log(`${outcome.handles.length} people, ${outcome.conversations} conversations and ${count(outcome.messages)} messages are in ${dataDir}.\n${instructions(outcome.handles)}`)
        break
      default:
        outcome satisfies never
    }
  })
})

function instructions([first, second, ...others]: readonly string[]): string {
  return `
Start Parley with \`npm start\` (or \`npm run dev\`) and sign in as

  handle    ${first}
  password  ${DEMO_PASSWORD}

To see both sides of a conversation, sign in as ${second} in a private window; the password is the same for everybody:
${others.join(', ')}.`
}
