import { useMemo, useState } from 'react'
import type { Calling } from '../../../shared/conversation/entry.ts'
import type { UserId } from '../../../shared/ids.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { Conversation, Engine } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useEngine, useSelf } from '../useEngine.ts'
import type { CompletionSource } from '../writing/completionSource.ts'
import { emojiSource } from '../writing/emojiSource.ts'
import { createPeopleSource, handlesOf } from '../writing/peopleSource.ts'
import type { Mentioned } from './mentions.ts'
import { mentionsIn } from './mentions.ts'

/**
 * People to complete after `@`, whom a text calls, and how many people that would notify. `before`: whom it called already;
 * they are not notified again.
 */
export function useMentions(conversation: Conversation, before: Calling = CALLS_NOBODY): { sources: readonly CompletionSource[]; mentioned: (text: string) => Mentioned & { notifies: number } } {
  const engine = useEngine()
  const self = useSelf().id
  const { t } = useLanguage()
  const [offered] = useState(() => new Map<string, UserId>())
  const everyone = t('mentions.all')
  return useMemo(() => {
    const others = (): Person[] => conversation.members.get().flatMap(({ user }) => (user === self ? [] : (engine.person(user).get() ?? [])))
    const state = () => conversation.state.get()
    const isGroup = () => {
      const now = state()
      return now.state === 'ready' && now.kind !== 'direct'
    }
    const source = createPeopleSource({
      members: () => (conversation.members.get().length === 0 ? null : others()),
      search: async (start) => {
        const answer = await engine.searchPeople(start)
        return answer.ok ? answer.value : []
      },
      everyone: isGroup() ? everyone : null,
      learned: (people) => {
        for (const [handle, id] of handlesOf(people)) offered.set(handle, id)
      },
    })
    return {
      sources: [source, emojiSource],
      mentioned(text) {
        const { mentionsAll, ...named } = mentionsIn(text, new Map([...offered, ...handlesOf(known(engine, before.mentions)), ...handlesOf(others())]))
        const now = state()
        const all = mentionsAll === true && isGroup()
        const fresh = named.mentions?.filter((user) => before.mentions?.includes(user) !== true).length ?? 0
        const count = before.mentionsAll === true ? 0 : all && now.state === 'ready' ? now.memberCount - 1 : fresh
        return { ...named, ...(all ? { mentionsAll } : {}), notifies: count }
      },
    }
  }, [conversation, engine, self, everyone, offered, before])
}

/** In a room too large to be held here, those whom the text calls already are known all the same. */
function known(engine: Engine, users: readonly UserId[] = []): Person[] {
  return users.flatMap((user) => engine.person(user).get() ?? [])
}

const CALLS_NOBODY: Calling = {}
