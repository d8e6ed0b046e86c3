import { useCallback, useState } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import type { Bans } from '../../../shared/protocol/api.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { told } from '../parts/ToastStack.tsx'
import { PersonButton } from '../people/PersonButton.tsx'
import { useNow } from '../time/useNow.ts'
import { useEngine, useIsOnline, usePerson } from '../useEngine.ts'
import { useAnswer } from './useAnswer.ts'
import './JoinLinks.css'

/** Who may not join (again), for whoever may allow it; nothing while there is nobody. */
export function BannedPeople({ conversation, count }: { conversation: ConversationId; count: number }) {
  const { t } = useLanguage()
  const { bans } = useEngine()
  const { value } = useAnswer(
    useCallback(() => bans.list(conversation), [bans, conversation]),
    String(count),
  )
  if (count === 0 || value === null || value.length === 0) return null
  return (
    <section className="links links--last" aria-labelledby="bans">
      <h4 id="bans">{t('details.bans')}</h4>
      <ul aria-labelledby="bans">
        {value.map((ban) => (
          <Banned key={ban.user} conversation={conversation} ban={ban} />
        ))}
      </ul>
    </section>
  )
}

type BannedProps = { conversation: ConversationId; ban: Bans['bans'][number] }

function Banned(props: BannedProps) {
  const person = usePerson(props.ban.user)
  return person === null ? null : <KnownBanned person={person} {...props} />
}

function KnownBanned({ conversation, ban, person }: BannedProps & { person: Person }) {
  const { t, times } = useLanguage()
  const { bans } = useEngine()
  const online = useIsOnline()
  const by = usePerson(ban.by)
  const now = useNow()
  const [busy, setBusy] = useState(false)
  const { id, name } = person
  // The list hears of it with the conversation, as on every other device.
  async function allow() {
    setBusy(true)
    await told(bans.unban(conversation, id), t('details.allowed', { name }))
    setBusy(false)
  }
  return (
    <li className="links__request">
      <PersonButton person={person} />
      <div className="links__row">
        <span className="details__note" dir="auto">
          {t('details.bannedBy', { name: by?.name ?? t('conversation.someone'), moment: times.moment(ban.at, now) })}
        </span>
        <button type="button" className="button button--small" disabled={busy || !online} aria-label={t('details.allowLabel', { name })} onClick={() => void allow()}>
          {t('details.allow')}
        </button>
      </div>
    </li>
  )
}
