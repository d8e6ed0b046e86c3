import { useCallback, useState } from 'react'
import type { ConversationId, UserId } from '../../../shared/ids.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { told } from '../parts/ToastStack.tsx'
import { PersonButton } from '../people/PersonButton.tsx'
import { useEngine, useIsOnline, usePerson } from '../useEngine.ts'
import { useAnswer } from './useAnswer.ts'

/** Who asks to be let in, for whoever may decide; nothing while nobody asks. */
export function JoinRequests({ conversation }: { conversation: ConversationId }) {
  const { t } = useLanguage()
  const { joinLinks } = useEngine()
  const requests = useAnswer(useCallback(() => joinLinks.requests(conversation), [joinLinks, conversation]))
  if (requests.value === null || requests.value.length === 0) return null
  return (
    <section className="links" aria-labelledby="requests">
      <h4 id="requests">{t('links.requests')}</h4>
      <ul aria-labelledby="requests">
        {requests.value.map(({ user }) => (
          <Request key={user} conversation={conversation} user={user} onDecided={requests.ask} />
        ))}
      </ul>
    </section>
  )
}

type RequestProps = { conversation: ConversationId; onDecided: () => Promise<void> }

function Request({ user, ...props }: RequestProps & { user: UserId }) {
  const person = usePerson(user)
  return person === null ? null : <KnownRequest person={person} {...props} />
}

function KnownRequest({ conversation, person, onDecided }: RequestProps & { person: Person }) {
  const { t } = useLanguage()
  const { joinLinks } = useEngine()
  const online = useIsOnline()
  const [busy, setBusy] = useState(false)
  async function decide(accepts: boolean) {
    setBusy(true)
    const { id, name } = person
    await (accepts ? told(joinLinks.letIn(conversation, id), t('links.accepted', { name })) : told(joinLinks.decline(conversation, id), t('links.declined', { name })))
    setBusy(false)
    // Also after a refusal: somebody else may have decided already.
    await onDecided()
  }
  return (
    <li className="links__request">
      <PersonButton person={person} />
      <div className="form__row">
        <button type="button" className="button button--small" disabled={busy || !online} aria-label={t('links.declineLabel', { name: person.name })} onClick={() => void decide(false)}>
          {t('links.decline')}
        </button>
        <button type="button" className="button button--small button--primary" disabled={busy || !online} aria-label={t('links.acceptLabel', { name: person.name })} onClick={() => void decide(true)}>
          {t('links.accept')}
        </button>
      </div>
    </li>
  )
}
