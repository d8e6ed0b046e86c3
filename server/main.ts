// The process: reads the settings, starts the server, says where it is, and goes down in order when told to.

import type { Config } from './config.ts'
import { ConfigError, readConfig } from './config.ts'
import { prepareDataDir } from './dataDir.ts'
import type { Logger } from './logger.ts'
import { createLogger } from './logger.ts'
import type { RunningServer } from './server.ts'
import { startServer } from './server.ts'
import { StartError } from './startError.ts'
import { DatabaseUnusableError } from '../storage/database.ts'
import { openSqlite } from '../storage/sqlite/open.ts'

/** What orchestrators wait before they kill. */
const DRAIN_MAX_MS = 10_000

try {
  await main()
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof StartError || error instanceof DatabaseUnusableError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  // Everything the process makes is for its owner alone: the database, its journal, uploads.
  process.umask(0o077)
  const config = readConfig()
  const logger = createLogger(config.logLevel)
  const server = await start(config, logger)
  process.stdout.write(`Parley is ready on ${server.origin} (data in ${config.dataDir})\n`)
  logger.info({ port: server.port, host: config.host }, 'ready')
  drainOnSignal(server, logger)
}

async function start(config: Config, logger: Logger): Promise<RunningServer> {
  const database = await openSqlite({ file: prepareDataDir(config.dataDir) })
  try {
    return await startServer({ config, database, logger })
  } catch (error) {
    await database.close()
    throw error
  }
}

function drainOnSignal(server: RunningServer, logger: Logger): void {
  let draining = false
  const onSignal = (signal: NodeJS.Signals) => {
    // Whoever asks twice does not want to wait.
    if (draining) process.exit(1)
    draining = true
    logger.info({ signal }, 'draining')
    setTimeout(() => {
      logger.error('draining took too long')
      process.exit(1)
    }, DRAIN_MAX_MS).unref()
    server.drain().then(
      () => {
        logger.info('drained')
        process.exit(0)
      },
      (error: unknown) => {
        logger.fatal({ err: error }, 'draining failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}
