import { useCallback } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import { GroupIcon } from '../parts/Icon.tsx'
import { Avatar } from '../people/Avatar.tsx'
import { useEngine } from '../useEngine.ts'
import { PagedList } from './PagedList.tsx'
import { usePages } from './usePages.ts'
import { parts, words } from './words.ts'

export function ConversationsPart() {
  const pages = usePages(useAskConversations())
  return (
    <section className="admin__section" aria-label={parts.conversations}>
      <p className="admin__hint">{words.conversationsHint}</p>
      <PagedList pages={pages} label={parts.conversations} empty={words.noConversations}>
        {({ id, kind, name, members, entries }) => (
          <li key={id}>
            {kind === 'group' ? <Avatar id={id} name={name} group /> : <GroupIcon className="admin__pair" />}
            <div className="admin__line">
              <strong dir="auto">{kind === 'group' ? name : words.direct}</strong>
              <span className="admin__hint">
                {words.members(members)} · {words.entries(number.format(entries), entries === 1)}
              </span>
            </div>
          </li>
        )}
      </PagedList>
    </section>
  )
}

const number = new Intl.NumberFormat()

function useAskConversations() {
  const { administration } = useEngine()
  return useCallback(
    async (after: ConversationId | null) => {
      const answer = await administration.conversations(after)
      return answer.ok ? { ok: true as const, value: { items: answer.value.conversations, next: answer.value.after ?? null } } : answer
    },
    [administration],
  )
}
