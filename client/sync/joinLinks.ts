// Links into groups and channels, and those who ask to be let in. Each is one request: nothing of it is kept on the device,
// because a link may be revoked or used up at any moment.

import type { ConversationId, JoinLinkId, UserId } from '../../shared/ids.ts'
import type { CreateJoinLink, Invitation, JoinLink, JoinRequest, NewJoinLink } from '../../shared/protocol/joinLinks.ts'
import type { Api } from './api.ts'
import type { Outcome } from './engine.ts'
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
}

export function engineJoinLinks(api: Api, replica: Pick<Replica, 'people' | 'inbox'>): EngineJoinLinks {
  return {
    create: (id, wanted) => api.createJoinLink(id, wanted),
    async list(id) {
      const answer = await api.joinLinks(id)
      if (!answer.ok) return answer
      await replica.people.learn(answer.value.people)
      return { ok: true, value: answer.value.links }
    },
    revoke: (id, link) => api.revokeJoinLink(id, link),
    look: (code) => api.lookAtInvitation(code),
    async accept(code) {
      const answer = await api.acceptInvitation(code)
      if (!answer.ok) return answer
      if (answer.value.outcome === 'asked') return { ok: true, value: null }
      const { row } = answer.value
      await replica.inbox.learn([row])
      return { ok: true, value: row.conversation }
    },
    async requests(id) {
      const answer = await api.joinRequests(id)
      if (!answer.ok) return answer
      await replica.people.learn(answer.value.people)
      return { ok: true, value: answer.value.requests }
    },
    letIn: (id, user) => api.letIn(id, user),
    decline: (id, user) => api.declineRequest(id, user),
  }
}
