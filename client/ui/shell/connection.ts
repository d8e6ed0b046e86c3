import type { ConnectionState, OutboxState } from '../../sync/engine.ts'
import { words } from './words.ts'

export type ConnectionWords = { title: string; more: string | null; tone: 'quiet' | 'plain' | 'danger'; counts: boolean }

/** What to say about the connection; null: nothing. Pending messages on a good connection are on their way and need no words. */
export function connectionWords(connection: ConnectionState, outbox: OutboxState, now: number): ConnectionWords | null {
  const waits = outbox.pending === 0 ? null : words.waits(outbox.pending)
  switch (connection.state) {
    case 'online':
      return outbox.refused === 0 ? null : { title: words.refused(outbox.refused), more: null, tone: 'danger', counts: false }
    case 'connecting':
      return { title: words.connecting, more: waits, tone: 'quiet', counts: false }
    case 'offline': {
      const retry = connection.retryAt === null ? null : words.retryIn(inSeconds(connection.retryAt - now))
      return { title: connection.words, more: [waits, retry].filter((part) => part !== null).join(' ') || null, tone: 'plain', counts: retry !== null }
    }
    default:
      return connection satisfies never
  }
}

function inSeconds(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  if (seconds <= 1) return RELATIVE.format(0, 'second')
  return seconds < 90 ? RELATIVE.format(seconds, 'second') : RELATIVE.format(Math.round(seconds / 60), 'minute')
}

// In the language of the words around it.
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
