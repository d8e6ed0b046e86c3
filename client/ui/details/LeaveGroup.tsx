import { useState } from 'react'
import type { NamedKind, Role } from '../../../shared/conversation/membership.ts'
import type { Conversation } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { LeaveIcon } from '../parts/Icon.tsx'
import { told } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { currentRoute, navigate } from '../useRoute.ts'

type LeaveGroupProps = { conversation: Conversation; kind: NamedKind; role: Role; name: string; count: number }

export function LeaveGroup({ conversation, kind, role, name, count }: LeaveGroupProps) {
  const { t } = useLanguage()
  const action = kind === 'channel' ? t('channels.leave') : t('details.leave')
  const engine = useEngine()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  // A group is never left without an owner while others are in it.
  const mustHandOver = role === 'owner' && count > 1

  async function leave() {
    setBusy(true)
    const left = await told(engine.leave(conversation.id))
    // Whoever has gone elsewhere meanwhile stays there.
    if (left && currentRoute().panel === 'details') navigate({ conversation: null, panel: null }, 'replace')
    setBusy(false)
  }

  return (
    <div className="details__leave">
      <button
        type="button"
        className="button button--danger-quiet button--wide"
        disabled={mustHandOver}
        onClick={() => {
          setAsking(true)
        }}
      >
        <LeaveIcon className="flips" />
        {action}
      </button>
      {mustHandOver ? <p>{t('details.leaveOwner')}</p> : null}
      {asking ? (
        <Confirm
          title={t('details.leaveTitle', { name })}
          words={kind === 'channel' ? t('channels.leaveWords') : t('details.leaveWords')}
          action={action}
          busy={busy}
          onConfirm={() => void leave()}
          onClose={() => {
            setAsking(false)
          }}
        />
      ) : null}
    </div>
  )
}
