// Who may not join a group or a channel (again), for those who may remove members. Each is one request: nothing of it is kept
// on the device.

import type { ConversationId, UserId } from '../../shared/ids.ts'
import type { Bans } from '../../shared/protocol/api.ts'
import type { Api } from './api.ts'
import type { Outcome } from './engine.ts'
import type { Replica } from './replica.ts'

export type EngineBans = {
  /** The last first. */
  list(id: ConversationId): Promise<Outcome<Bans['bans']>>
  /** Removes somebody who is a member, and keeps them from joining and from being added. */
  ban(id: ConversationId, user: UserId): Promise<Outcome<void>>
  /** They may join again; nobody brings them back by it. */
  unban(id: ConversationId, user: UserId): Promise<Outcome<void>>
}

export function engineBans(api: Api, replica: Pick<Replica, 'people'>): EngineBans {
  return {
    async list(id) {
      const answer = await api.bans(id)
      if (!answer.ok) return answer
      await replica.people.learn(answer.value.people)
      return { ok: true, value: answer.value.bans }
    },
    ban: (id, user) => api.ban(id, user),
    unban: (id, user) => api.unban(id, user),
  }
}
