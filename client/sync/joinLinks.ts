// Links into groups and channels, and those who ask to be let in. Each is one request: nothing of it is kept on the device,
// because a link may be revoked or used up at any moment.

import type { ConversationId, JoinLinkId, UserId } from '../../shared/ids.ts'
import type { CreateJoinLink, Invitation, JoinLink, JoinRequest, NewJoinLink } from '../../shared/protocol/joinLinks.ts'
import type { JoinAnswer } from '../../shared/protocol/messages.ts'
import type { Api } from './api.ts'
import type { Outcome, Readable } from './engine.ts'
import type { FactOf } from './facts.ts'
import type { Replica } from './replica.ts'

export type EngineJoinLinks = {
  /** Its code can be read in the answer and nowhere else. */
  create(id: ConversationId, wanted: CreateJoinLink): Promise<Outcome<NewJoinLink>>
  /** Newest first. */
  list(id: ConversationId): Promise<Outcome<readonly JoinLink[]>>
  revoke(id: ConversationId, link: JoinLinkId): Promise<Outcome<void>>
  /** Where a code leads. */
  look(code: string): Promise<Outcome<Invitation>>
  /** The conversation this person is in now; null: they have asked to be let in. */
  accept(code: string): Promise<Outcome<ConversationId | null>>
  /** Who asks to be let in, the first first. */
  requests(id: ConversationId): Promise<Outcome<readonly JoinRequest[]>>
  letIn(id: ConversationId, user: UserId): Promise<Outcome<void>>
  decline(id: ConversationId, user: UserId): Promise<Outcome<void>>
  /** What became of own wishes to be let in, until it is read; of each conversation the last. A no waits on the server for whoever was away. */
  readonly answers: Readable<readonly JoinAnswer[]>
  /** Whoever cannot reach the server is told once more on return. */
  answerRead(answer: JoinAnswer): Promise<void>
}

export function engineJoinLinks({ api, replica, joinAnswers, apply }: JoinLinksDeps): EngineJoinLinks {
  return {
    answers: joinAnswers,
    async answerRead({ conversation, accepted }) {
      apply({ type: 'join-answer-read', conversation })
      if (!accepted) await api.declinedRead(conversation)
    },
    create: (id, wanted) => api.createJoinLink(id, wanted),
    async list(id) {
      const outcome = await api.joinLinks(id)
      if (!outcome.ok) return outcome
      await replica.people.learn(outcome.value.people)
      return { ok: true, value: outcome.value.links }
    },
    revoke: (id, link) => api.revokeJoinLink(id, link),
    look: (code) => api.lookAtInvitation(code),
    async accept(code) {
      const outcome = await api.acceptInvitation(code)
      if (!outcome.ok) return outcome
      if (outcome.value.outcome === 'asked') return { ok: true, value: null }
      const { row } = outcome.value
      await replica.inbox.learn([row])
      return { ok: true, value: row.conversation }
    },
    async requests(id) {
      const outcome = await api.joinRequests(id)
      if (!outcome.ok) return outcome
      await replica.people.learn(outcome.value.people)
      return { ok: true, value: outcome.value.requests }
    },
    letIn: (id, user) => api.letIn(id, user),
    decline: (id, user) => api.declineRequest(id, user),
  }
}

type JoinLinksDeps = {
  api: Api
  replica: Pick<Replica, 'people' | 'inbox'>
  joinAnswers: Readable<readonly JoinAnswer[]>
  /** In every tab. */
  apply: (fact: FactOf<'join-answer-read'>) => void
}
