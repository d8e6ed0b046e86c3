import { useEffect, useState } from 'react'
import type { Invitation } from '../../../shared/protocol/joinLinks.ts'
import type { Outcome } from '../../sync/engine.ts'
import '../language/englishLater.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { tellRefusal } from '../parts/ToastStack.tsx'
import { Avatar } from '../people/Avatar.tsx'
import { useEngine, useIsOnline } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { navigate } from '../useRoute.ts'
import './JoinDialog.css'

type JoinDialogProps = { code: string; onClose: () => void }

/** What a link leads to, before one goes there. */
export function JoinDialog({ code, onClose }: JoinDialogProps) {
  const { t } = useLanguage()
  const { answer, setAnswer } = useInvitation(code)
  const invitation = answer?.ok === true ? answer.value : null
  const asked = () => {
    if (invitation !== null) setAnswer({ ok: true, value: { ...invitation, standing: 'asked' } })
  }
  return (
    <Dialog
      title={t('join.title')}
      size="small"
      onClose={onClose}
      footer={invitation === null || invitation.standing === 'asked' ? <CloseButton onClose={onClose} /> : <JoinButton code={code} invitation={invitation} onAsked={asked} />}
    >
      <Shown answer={answer} />
    </Dialog>
  )
}

function useInvitation(code: string) {
  const { joinLinks } = useEngine()
  // Asked again when the connection is back, and when the own wish is decided.
  const decided = useReadable(joinLinks.answers)
  const online = useIsOnline()
  const [answer, setAnswer] = useState<Outcome<Invitation> | null>(null)
  useEffect(() => {
    let outdated = false
    async function ask() {
      const outcome = await joinLinks.look(code)
      if (!outdated) setAnswer(outcome)
    }
    if (online) void ask()
    return () => {
      outdated = true
    }
    // oxlint-disable-next-line react/exhaustive-deps -- `decided` is why it is asked again.
  }, [joinLinks, code, online, decided])
  return { answer, setAnswer }
}

function Shown({ answer }: { answer: Outcome<Invitation> | null }) {
  const language = useLanguage()
  const { t } = language
  const online = useIsOnline()
  if (answer === null) return <p role="status">{online ? t('join.looking') : t('join.offline')}</p>
  if (!answer.ok) {
    return (
      <p className="notice notice--danger" role="alert">
        {answer.refusal.code === 'not-found' ? t('join.nowhere') : refusalWords(answer.refusal, language)}
      </p>
    )
  }
  const { kind, name, picture, members, approval, standing } = answer.value
  return (
    <div className="join">
      <Avatar id={name} name={name} picture={picture} size="huge" group />
      <p className="join__kind">{kind === 'channel' ? t('join.channel') : t('join.group')}</p>
      <h3 dir="auto">{name}</h3>
      <p className="join__members">{t('conversation.members', { count: members })}</p>
      {standing === 'asked' ? (
        <p className="notice" role="status">
          {t('join.asked')}
        </p>
      ) : approval && standing === 'none' ? (
        <p className="notice">{t('join.approval')}</p>
      ) : null}
    </div>
  )
}

function JoinButton({ code, invitation: { approval, standing }, onAsked }: { code: string; invitation: Invitation; onAsked: () => void }) {
  const { t } = useLanguage()
  const { joinLinks } = useEngine()
  const online = useIsOnline()
  const [busy, setBusy] = useState(false)
  async function accept() {
    setBusy(true)
    const outcome = await joinLinks.accept(code)
    setBusy(false)
    if (!outcome.ok) tellRefusal(outcome.refusal)
    else if (outcome.value === null) onAsked()
    else navigate({ conversation: outcome.value, panel: null }, 'replace')
  }
  return (
    <button type="button" className="button button--primary button--wide" disabled={busy || !online} onClick={() => void accept()}>
      {standing === 'member' ? t('join.open') : approval ? t('join.ask') : t('join.join')}
    </button>
  )
}

function CloseButton({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage()
  return (
    <button type="button" className="button button--wide" onClick={onClose}>
      {t('parts.close')}
    </button>
  )
}
