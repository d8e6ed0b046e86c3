import { useMemo } from 'react'
import type { EventBody } from '../../../shared/conversation/event.ts'
import { usersNamedBy } from '../../../shared/conversation/event.ts'
import type { UserId } from '../../../shared/ids.ts'
import type { TimelineItem } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useNames } from '../people/useNames.ts'
import type { Named } from './eventWords.ts'
import { eventWords } from './eventWords.ts'

/** What happened to the conversation itself, in one line. */
export function EventLine({ item, event }: { item: TimelineItem; event: EventBody }) {
  const language = useLanguage()
  const users = usersNamedBy(event)
  const shown = useMemo(() => [item.author, ...usersNamedBy(event).slice(0, NAMED)], [item.author, event])
  const { self, names } = useNames(shown)
  const named = (user: UserId): Named => (user === self ? { self: true } : { self: false, name: names.get(user) ?? language.t('conversation.someone') })
  return (
    <p className="entry__notice" dir={language.direction}>
      {eventWords(event, named(item.author), users.slice(0, NAMED).map(named), Math.max(0, users.length - NAMED), language)}
    </p>
  )
}

/** The others are a number. */
const NAMED = 3
