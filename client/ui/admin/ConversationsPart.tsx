import { useCallback } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { GroupIcon } from '../parts/Icon.tsx'
import { Avatar } from '../people/Avatar.tsx'
import { useEngine } from '../useEngine.ts'
import { PagedList } from './PagedList.tsx'
import { usePages } from './usePages.ts'

export function ConversationsPart() {
  const { t } = useLanguage()
  const pages = usePages(useAskConversations())
  return (
    <section className="admin__section" aria-label={t('admin.conversations')}>
      <p className="admin__hint">{t('admin.conversationsHint')}</p>
      <PagedList pages={pages} label={t('admin.conversations')} empty={t('admin.noConversations')}>
        {({ id, kind, name, members, entries }) => (
          <li key={id}>
            {kind !== 'direct' ? <Avatar id={id} name={name} group /> : <GroupIcon className="admin__pair" />}
            <div className="admin__line">
              <strong dir="auto">{kind === 'direct' ? t('admin.direct') : name}</strong>
              <span className="admin__hint">
                {t('admin.members', { count: members })} · {t('admin.entries', { count: entries })}
              </span>
            </div>
          </li>
        )}
      </PagedList>
    </section>
  )
}

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
