// Who may not join the preview's groups.

import type { EngineBans } from '../../sync/bans.ts'
import { userId } from './people.ts'

export function previewBans(now: number): EngineBans {
  return {
    list: async () => ({ ok: true, value: [{ user: userId('ben'), by: userId('tomas'), at: now - DAY_MS }] }),
    ban: async () => DONE,
    unban: async () => DONE,
  }
}

const DAY_MS = 86_400_000
const DONE = { ok: true, value: undefined } as const
