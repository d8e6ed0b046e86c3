import type { Seq, UserId } from '../../../shared/ids.ts'
import { RECEIPTS_MAX_MEMBERS } from '../../../shared/limits.ts'
import type { Conversation, TimelineItem } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { useNow } from '../time/useNow.ts'
import { usePerson, useProfile } from '../useEngine.ts'
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
  const isPrivate = useProfile()?.privacy.privateReceipts === true
  if (members.length === 0) return <p className="reach__hint">{t('reach.tooMany', { count: RECEIPTS_MAX_MEMBERS })}</p>
  const reach = reachOf(seq, members, receipts, item.author)
  return (
    <>
      {GROUPS.map((group) => (
        <Group key={group} group={group} people={reach[group]} />
      ))}
      <p className="reach__hint">{isPrivate ? t('reach.ownPrivate') : t('reach.private')}</p>
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
