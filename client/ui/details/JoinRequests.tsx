import { useCallback, useState } from 'react'
import type { ConversationId, UserId } from '../../../shared/ids.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { ConversationState } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { MoreIcon } from '../parts/Icon.tsx'
import { Menu } from '../parts/Menu.tsx'
import { told } from '../parts/ToastStack.tsx'
import { PersonButton } from '../people/PersonButton.tsx'
import { useEngine, useIsOnline, usePerson } from '../useEngine.ts'
import { useAnswer } from './useAnswer.ts'

/** Who asks to be let in, for whoever may decide; nothing while nobody asks. */
export function JoinRequests({ conversation, asking, bannable }: { conversation: ConversationId; asking: Asking; bannable: boolean }) {
  const { t } = useLanguage()
  const { joinLinks } = useEngine()
  const requests = useAnswer(
    useCallback(() => joinLinks.requests(conversation), [joinLinks, conversation]),
    asking === null ? '' : `${asking.count} ${asking.lastAt}`,
  )
  // Whoever else decides, on whatever device: what is decided is here no longer.
  if (asking === null || requests.value === null || requests.value.length === 0) return null
  return (
    <section className="links" aria-labelledby="requests">
      <h4 id="requests">{t('links.requests')}</h4>
      <ul aria-labelledby="requests">
        {requests.value.map(({ user }) => (
          <Request key={user} conversation={conversation} user={user} bannable={bannable} onDecided={requests.ask} />
        ))}
      </ul>
    </section>
  )
}

type Asking = Extract<ConversationState, { state: 'ready' }>['asking']
/** `bannable`: whoever decides may also keep them out. */
type RequestProps = { conversation: ConversationId; bannable: boolean; onDecided: () => Promise<void> }

function Request({ user, ...props }: RequestProps & { user: UserId }) {
  const person = usePerson(user)
  return person === null ? null : <KnownRequest person={person} {...props} />
}

function KnownRequest({ conversation, person, bannable, onDecided }: RequestProps & { person: Person }) {
  const { t } = useLanguage()
  const { joinLinks, bans } = useEngine()
  const online = useIsOnline()
  const [busy, setBusy] = useState(false)
  async function decide(how: 'in' | 'out' | 'ban') {
    setBusy(true)
    const { id, name } = person
    if (how === 'in') await told(joinLinks.letIn(conversation, id), t('links.accepted', { name }))
    else await told(how === 'out' ? joinLinks.decline(conversation, id) : bans.ban(conversation, id), t('links.declined', { name }))
    setBusy(false)
    // Also after a refusal: somebody else may have decided already.
    await onDecided()
  }
  return (
    <li className="links__request">
      <PersonButton person={person} />
      <div className="form__row">
        <button type="button" className="button button--small" disabled={busy || !online} aria-label={t('links.declineLabel', { name: person.name })} onClick={() => void decide('out')}>
          {t('links.decline')}
        </button>
        <button type="button" className="button button--small button--primary" disabled={busy || !online} aria-label={t('links.acceptLabel', { name: person.name })} onClick={() => void decide('in')}>
          {t('links.accept')}
        </button>
        {bannable && online ? <Menu label={t('links.requestOptions', { name: person.name })} icon={<MoreIcon />} items={() => [{ label: t('links.declineBan'), danger: true, run: () => void decide('ban') }]} /> : null}
      </div>
    </li>
  )
}
