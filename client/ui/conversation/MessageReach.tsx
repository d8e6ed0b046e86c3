import { useEffect, useState } from 'react'
import type { Seq, UserId } from '../../../shared/ids.ts'
import { RECEIPTS_MAX_MEMBERS } from '../../../shared/limits.ts'
import type { EntryReach } from '../../../shared/protocol/api.ts'
import type { Conversation, Outcome, TimelineItem } from '../../sync/engine.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { useNow } from '../time/useNow.ts'
import { useIsOnline, usePerson, useProfile } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import type { Reach } from './reach.ts'
import { reachOf } from './reach.ts'
import './MessageReach.css'

/** Who has read an own message, who has got it, who has not; it follows while it is open. */
export function MessageReach({ conversation, item, onClose }: { conversation: Conversation; item: TimelineItem; onClose: () => void }) {
  const { t, times } = useLanguage()
  const now = useNow()
  return (
    <Dialog title={t('reach.title')} onClose={onClose}>
      <div className="reach">
        <blockquote className="reach__text" dir="auto">
          {item.body.text}
        </blockquote>
        <p className="reach__hint">{t('reach.written', { moment: times.moment(item.at, now) })}</p>
        {'seq' in item.mark ? <Reached conversation={conversation} item={item} seq={item.mark.seq} /> : <p className="reach__hint">{t('reach.notSent')}</p>}
      </div>
    </Dialog>
  )
}

function Reached({ conversation, item, seq }: { conversation: Conversation; item: TimelineItem; seq: Seq }) {
  const { t } = useLanguage()
  const members = useReadable(conversation.members)
  const receipts = useReadable(conversation.receipts)
  const online = useIsOnline()
  const isPrivate = useProfile()?.privacy.privateReceipts === true
  if (isPrivate) return <p className="reach__hint">{t('reach.ownPrivate')}</p>
  if (members.length === 0) return <Counted key={String(online)} conversation={conversation} item={item} />
  const reach = reachOf(seq, members, receipts, item.author)
  return (
    <>
      {GROUPS.map((group) => (
        <Group key={group} group={group} people={reach[group]} />
      ))}
      <p className="reach__hint">{t('reach.private')}</p>
    </>
  )
}

/** Too many to be named: as it was when this was opened, or the connection came back. */
function Counted({ conversation, item }: { conversation: Conversation; item: TimelineItem }) {
  const language = useLanguage()
  const { t, number } = language
  const [answer, setAnswer] = useState<Outcome<EntryReach> | null>(null)
  useEffect(() => {
    let outdated = false
    async function ask() {
      const counted = await conversation.reach(item.id)
      if (!outdated) setAnswer(counted)
    }
    void ask()
    return () => {
      outdated = true
    }
  }, [conversation, item.id])
  if (answer === null) return <p className="reach__hint">{t('conversation.loading')}</p>
  if (!answer.ok) return <p className="reach__hint">{refusalWords(answer.refusal, language)}</p>
  return (
    <>
      <dl className="reach__counts">
        {GROUPS.map((group) => (
          <div key={group}>
            <dt>{t(`reach.${group}`)}</dt>
            <dd>{number(answer.value[group])}</dd>
          </div>
        ))}
      </dl>
      <p className="reach__hint">{t('reach.tooMany', { count: RECEIPTS_MAX_MEMBERS })} {t('reach.private')}</p>
    </>
  )
}

function Group({ group, people }: { group: keyof Reach; people: readonly UserId[] }) {
  const { t, number } = useLanguage()
  if (people.length === 0) return null
  return (
    <section aria-labelledby={`reach-${group}`}>
      <h3 id={`reach-${group}`}>
        {t(`reach.${group}`)} <span className="tag">{number(people.length)}</span>
      </h3>
      <ul>
        {people.map((id) => (
          <Reader key={id} id={id} />
        ))}
      </ul>
    </section>
  )
}

function Reader({ id }: { id: UserId }) {
  const person = usePerson(id)
  return person === null ? null : (
    <li className="reach__person">
      <PersonRow person={person} />
    </li>
  )
}

const GROUPS = ['read', 'delivered', 'waiting'] as const satisfies (keyof Reach)[]
