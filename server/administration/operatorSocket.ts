// `npm run admin` beside a running server: a Unix domain socket in the data directory, which only the owner of the
// directory can open. It speaks HTTP: the words of the command line go in, the lines of its answer come out as they are
// made, each as JSON; the last says that it was all, or why not.

import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import type { Logger } from '../logger.ts'
import { StartError } from '../startError.ts'
import type { AdministerDeps } from './administer.ts'
import { administer } from './administer.ts'
import { parseAdminCommand } from './adminCommand.ts'

const Asked = z.object({ words: z.array(z.string()), options: z.record(z.string(), z.string()) })
type Asked = z.output<typeof Asked>

const Answered = z.union([z.object({ line: z.string() }), z.object({ failed: z.string() }), z.object({ done: z.literal(true) })])
type Answered = z.output<typeof Answered>

export function operatorSocketIn(dataDir: string): string {
  return join(dataDir, 'admin.sock')
}

/** The database has to be open: its lock says that no other server listens there. */
export async function openOperatorSocket(dataDir: string, deps: AdministerDeps, logger: Logger): Promise<{ close(): Promise<void> }> {
  const path = operatorSocketIn(dataDir)
  // A process that was killed leaves its own behind.
  rmSync(path, { force: true })
  const server = createServer((asking, answer) => {
    // Whoever asked may be gone before the end of a long list.
    pipeline(Readable.from(answers(asking, deps, logger)), answer).catch((error: unknown) => logger.warn({ err: error }, 'the command line was not answered'))
  })
  server.listen(path)
  try {
    await once(server, 'listening')
  } catch (error) {
    // A path may be longer than such a socket's name can be. All else works, and so does the command with the server stopped.
    logger.warn({ err: error }, 'no administration from the command line while this runs')
    return { close: () => Promise.resolve() }
  }
  return {
    async close() {
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}

async function* answers(asking: Readable, deps: AdministerDeps, logger: Logger): AsyncGenerator<string> {
  try {
    const { words, options } = Asked.parse(await json(asking))
    for await (const line of administer(deps, parseAdminCommand(words, options))) yield said({ line })
    yield said({ done: true })
  } catch (error) {
    const known = error instanceof RefusedError || error instanceof StartError
    if (!known) logger.error({ err: error }, 'administration from the command line failed')
    yield said({ failed: known ? error.message : 'The server could not do it; its log says why.' })
  }
}

/** Lines as `administer` makes them. Null: no server listens there. */
export async function askOperatorSocket(dataDir: string, asked: Asked): Promise<AsyncGenerator<string> | null> {
  const asking = request({ socketPath: operatorSocketIn(dataDir), method: 'POST' })
  asking.end(JSON.stringify(asked))
  try {
    const [answer] = (await once(asking, 'response')) as [NodeJS.ReadableStream] // What this event carries.
    return read(answer)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ECONNREFUSED' || error.code === 'EINVAL')) return null
    throw error
  }
}

function said(answered: Answered): string {
  return `${JSON.stringify(answered)}\n`
}

async function* read(answer: NodeJS.ReadableStream): AsyncGenerator<string> {
  for await (const text of createInterface({ input: answer })) {
    const answered = Answered.parse(JSON.parse(text))
    if ('done' in answered) return
    if ('failed' in answered) throw new StartError(answered.failed)
    yield answered.line
  }
  throw new StartError('The server ended before it was done. What it had done by then is kept.')
}
