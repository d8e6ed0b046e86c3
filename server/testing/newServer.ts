// A real server on a real port with a real database, gone when the test is over.

import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openSqlite } from '../../storage/sqlite/open.ts'
import { parseConfig } from '../config.ts'
import type { Logger } from '../logger.ts'
import { createLogger } from '../logger.ts'
import type { RunningServer, ServerDeps } from '../server.ts'
import { startServer } from '../server.ts'
import { tempDir } from './tempDir.ts'

export type TestServer = RunningServer & { dir: string; logged: string[] }

export async function newServer(options: NewServerOptions = {}): Promise<TestServer> {
  const { settings, ...deps } = options
  const dir = tempDir()
  const logged: string[] = []
  const config = parseConfig({ PORT: '0', DATA_DIR: dir, SIGN_UPS_PER_HOUR: '1000', ...settings }, '')
  const database = await openSqlite({ file: join(dir, 'parley.db') })
  const server = await startServer({ config, database, logger: loggerInto(logged), ...deps })

  let drained: Promise<void> | undefined
  const drain = () => (drained ??= server.drain())
  onTestFinished(drain)
  return { ...server, drain, dir, logged }
}

export type NewServerOptions = Partial<Omit<ServerDeps, 'config' | 'database' | 'logger'>> & { settings?: Record<string, string> }

/** Everything, so that what must not be logged has every chance to be. */
function loggerInto(lines: string[]): Logger {
  return createLogger('trace', { write: (line) => void lines.push(line) })
}
