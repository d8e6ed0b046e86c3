// Structured logs: one JSON line each on stderr, so that stdout stays free for the one line people read at the start.
// Nothing a person wrote and nothing that opens an account belongs into a log. Call sites name the fields they log;
// `redact` is the net below them, not the plan.

import type { DestinationStream, Logger } from 'pino'
import { pino } from 'pino'

export type { Logger }

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const SECRET = ['token', 'tokenHash', 'password', 'passwordHash', 'current', 'next', 'claim', 'cookie', 'authorization', 'text', 'body']

export function createLogger(level: LogLevel, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    },
    destination,
  )
}
