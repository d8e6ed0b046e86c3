import type { ConnectionState, OutboxState } from '../../sync/engine.ts'
import type { Language } from '../language/language.ts'

export type ConnectionWords = { title: string; more: string | null; tone: 'quiet' | 'plain' | 'danger'; counts: boolean }

/** What to say about the connection; null: nothing. Pending messages on a good connection are on their way and need no words. */
export function connectionWords(connection: ConnectionState, outbox: OutboxState, now: number, { name, t, times }: Pick<Language, 'name' | 't' | 'times'>): ConnectionWords | null {
  const waits = outbox.pending === 0 ? null : t('shell.waits', { count: outbox.pending })
  switch (connection.state) {
    case 'online':
      return outbox.refused === 0 ? null : { title: t('shell.refused', { count: outbox.refused }), more: null, tone: 'danger', counts: false }
    case 'connecting':
      return { title: t('shell.connecting'), more: waits, tone: 'quiet', counts: false }
    case 'offline': {
      const retry = connection.retryAt === null ? null : t('shell.retryIn', { soon: times.soon(connection.retryAt - now) })
      // The engine speaks English, and says why.
      const title = name === 'en' ? connection.words : t('shell.offline')
      return { title, more: [waits, retry].filter((part) => part !== null).join(' ') || null, tone: 'plain', counts: retry !== null }
    }
    default:
      return connection satisfies never
  }
}
