import { useState } from 'react'
import { may } from '../../../shared/conversation/membership.ts'
import type { Conversation, ConversationState } from '../../sync/engine.ts'
import { AddPeople } from '../details/AddPeople.tsx'
import { LinkDialog } from '../details/LinkDialog.tsx'
import { TopicDialog } from '../details/TopicDialog.tsx'
import '../language/englishLater.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { AddPersonIcon, EditIcon, LinkIcon } from '../parts/Icon.tsx'
import { useIsOnline } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import './Beginning.css'

type Ready = Extract<ConversationState, { state: 'ready' }>
type BeginningProps = { conversation: Conversation; state: Ready }

/** Where nobody has written yet: what else there is to do, for whoever may do it. It gives way to the first message. */
export function Beginning({ conversation, state }: BeginningProps) {
  const { t } = useLanguage()
  const { length } = useReadable(conversation.timeline)
  if (hasWaiting(conversation)) return null
  return (
    <section className={length === 0 ? 'beginning' : 'beginning beginning--small'} aria-labelledby="beginning">
      <h2 id="beginning">{t('create.beginning', { name: state.name })}</h2>
      <p>{t('create.beginningHint')}</p>
      <Choices conversation={conversation} state={state} />
    </section>
  )
}

/** What was written here and has not arrived yet is a message already. */
function hasWaiting({ timeline }: Conversation): boolean {
  const { head, length } = timeline.get()
  for (let index: number = head; index < length; index += 1) if (timeline.at(index)?.kind === 'message') return true
  return false
}

function Choices({ conversation, state }: BeginningProps) {
  const { t } = useLanguage()
  const online = useIsOnline()
  const [open, setOpen] = useState<'people' | 'link' | 'topic' | null>(null)
  const invites = may(state, state.role, { type: 'add' })
  const describes = state.topic === '' && may(state, state.role, { type: 'describe' })
  const close = () => {
    setOpen(null)
  }
  if (!invites && !describes) return null
  return (
    <div className="beginning__choices" role="group" aria-label={t('create.setUp')}>
      {invites ? (
        <>
          <button type="button" className="button" disabled={!online} onClick={() => setOpen('people')}>
            <AddPersonIcon />
            {t('details.add')}
          </button>
          <button type="button" className="button" disabled={!online} onClick={() => setOpen('link')}>
            <LinkIcon />
            {t('links.make')}
          </button>
        </>
      ) : null}
      {describes ? (
        <button type="button" className="button" disabled={!online} onClick={() => setOpen('topic')}>
          <EditIcon />
          {t('topic.add')}
        </button>
      ) : null}
      {open === 'people' ? <AddPeople conversation={conversation} onChanged={close} onClose={close} /> : null}
      {open === 'link' ? <LinkDialog conversation={conversation.id} onClose={close} /> : null}
      {open === 'topic' ? <TopicDialog conversation={conversation.id} onClose={close} /> : null}
    </div>
  )
}
