import { useMemo, useState } from 'react'
import type { UserId } from '../../../shared/ids.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { Conversation } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useEngine, useSelf } from '../useEngine.ts'
import type { CompletionSource } from '../writing/completionSource.ts'
import { emojiSource } from '../writing/emojiSource.ts'
import { createPeopleSource, handlesOf } from '../writing/peopleSource.ts'
import type { Mentioned } from './mentions.ts'
import { mentionsIn } from './mentions.ts'

/** People to complete after `@`, whom a text calls, and how many people that would notify. */
export function useMentions(conversation: Conversation): { sources: readonly CompletionSource[]; mentioned: (text: string) => Mentioned & { notifies: number } } {
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
        const { mentionsAll, ...named } = mentionsIn(text, new Map([...offered, ...handlesOf(others())]))
        const now = state()
        const all = mentionsAll === true && isGroup()
        const count = all && now.state === 'ready' ? now.memberCount - 1 : (named.mentions?.length ?? 0)
        return { ...named, ...(all ? { mentionsAll } : {}), notifies: count }
      },
    }
  }, [conversation, engine, self, everyone, offered])
}
