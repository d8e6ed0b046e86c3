// Links of the preview's groups: two that work, one that does not any more, and somebody who asks.

import type { JoinLink } from '../../../shared/protocol/joinLinks.ts'
import { JoinLinkId } from '../../../shared/ids.ts'
import { refusal } from '../../../shared/protocol/refusal.ts'
import type { EngineJoinLinks } from '../../sync/joinLinks.ts'
import type { JoinAnswer } from '../../../shared/protocol/messages.ts'
import { createCell } from '../../sync/readable.ts'
import { userId } from './people.ts'

export function previewJoinLinks(now: number): EngineJoinLinks {
  const links = [
    link(1, { expiresAt: now + 6 * DAY_MS, uses: 2, maxUses: 10 }, now),
    link(2, { expiresAt: now + 29 * DAY_MS, approval: true, uses: 1, maxUses: 100 }, now),
    link(3, { expiresAt: now - DAY_MS, uses: 0, maxUses: 1 }, now),
  ]
  return {
    answers: createCell<readonly JoinAnswer[]>([]),
    answerRead: async () => undefined,
    create: async (_, { approval, maxUses, days }) => ({ ok: true, value: { link: link(4, { approval, maxUses, uses: 0, expiresAt: now + days * DAY_MS }, now), code: 'hX2mPq7RkV0sLw9ZbT4yNg' } }),
    list: async () => ({ ok: true, value: links }),
    revoke: async () => DONE,
    look: async (code) =>
      code === 'over'
        ? { ok: false, refusal: refusal('not-found', 'This link does not lead anywhere (any more). Ask for a new one.') }
        : { ok: true, value: { kind: 'group', name: 'Summer Market', members: 12, approval: code === 'approval', standing: 'none' } },
    accept: async () => ({ ok: true, value: null }),
    requests: async () => ({ ok: true, value: [{ user: userId('noa'), at: now }] }),
    letIn: async () => DONE,
    decline: async () => DONE,
  }
}

function link(number: number, given: Partial<JoinLink> & Pick<JoinLink, 'expiresAt' | 'uses' | 'maxUses'>, now: number): JoinLink {
  return { id: JoinLinkId.parse(`01900000-0000-7000-8000-00000000c00${number}`), createdBy: userId('tomas'), createdAt: now - DAY_MS, approval: false, revokedAt: null, ...given }
}

const DAY_MS = 86_400_000
const DONE = { ok: true, value: undefined } as const
