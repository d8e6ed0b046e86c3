import { useEffect, useState } from 'react'
import type { Channel, ChannelPreview } from '../../../shared/protocol/api.ts'
import type { Outcome } from '../../sync/engine.ts'
import { MessageText } from '../conversation/MessageText.tsx'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { BackIcon } from '../parts/Icon.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { told } from '../parts/ToastStack.tsx'
import { useNow } from '../time/useNow.ts'
import { useEngine, useIsOnline, usePerson } from '../useEngine.ts'
import { navigate } from '../useRoute.ts'
import type { PreviewMessage } from './messagesOf.ts'
import { messagesOf } from './messagesOf.ts'
import './ChannelPreviewDialog.css'

type PreviewProps = { channel: Channel; onBack: () => void; onClose: () => void }

/** The end of a channel as it was when it was opened: what one joins is seen before. */
export function ChannelPreviewDialog({ channel, onBack, onClose }: PreviewProps) {
  const { t } = useLanguage()
  const answer = usePreview(channel)
  return (
    <Dialog title={channel.name} onClose={onClose} footer={<JoinButton channel={channel} />}>
      <div className="channel">
        <button type="button" className="text-button channel__back" onClick={onBack}>
          <BackIcon className="flips" />
          {t('channels.back')}
        </button>
        <p className="channel__about">{t('conversation.members', { count: channel.members })}</p>
        {channel.topic === '' ? null : (
          <p className="channel__topic" dir="auto">
            {channel.topic}
          </p>
        )}
        <p className="notice">{t('channels.previewHint')}</p>
        <Messages answer={answer} />
      </div>
    </Dialog>
  )
}

function usePreview({ id }: Channel): Outcome<ChannelPreview> | null {
  const engine = useEngine()
  const [answer, setAnswer] = useState<Outcome<ChannelPreview> | null>(null)
  useEffect(() => {
    let outdated = false
    async function ask() {
      const outcome = await engine.previewChannel(id)
      if (!outdated) setAnswer(outcome)
    }
    void ask()
    return () => {
      outdated = true
    }
  }, [engine, id])
  return answer
}

function Messages({ answer }: { answer: Outcome<ChannelPreview> | null }) {
  const language = useLanguage()
  const { t } = language
  if (answer === null) return <p className="picker__note">{t('conversation.loading')}</p>
  if (!answer.ok) {
    return (
      <p className="notice notice--danger" role="alert">
        {refusalWords(answer.refusal, language)}
      </p>
    )
  }
  const messages = messagesOf(answer.value.entries)
  if (messages.length === 0) return <p className="picker__note">{t('channels.noMessages')}</p>
  return (
    <ol className="channel__messages" aria-label={t('conversation.messages')}>
      {messages.map((message, index) => (
        <li key={message.id} ref={index === messages.length - 1 ? scrollHere : null}>
          <Line message={message} />
        </li>
      ))}
    </ol>
  )
}

/** The newest is what a channel is about. */
function scrollHere(last: HTMLLIElement | null): void {
  last?.scrollIntoView({ block: 'end' })
}

function Line({ message: { author, at, text } }: { message: PreviewMessage }) {
  const { t, times } = useLanguage()
  const person = usePerson(author)
  const now = useNow()
  return (
    <>
      <span className="channel__author">
        <b dir="auto">{person?.name ?? t('conversation.someone')}</b>
        <time dateTime={new Date(at).toISOString()}>{times.short(at, now)}</time>
      </span>
      <div dir="auto">
        <MessageText text={text} />
      </div>
    </>
  )
}

function JoinButton({ channel }: { channel: Channel }) {
  const { t } = useLanguage()
  const engine = useEngine()
  const online = useIsOnline()
  const [busy, setBusy] = useState(false)
  async function join() {
    setBusy(true)
    if (await told(engine.joinChannel(channel.id))) navigate({ conversation: channel.id, panel: null }, 'replace')
    setBusy(false)
  }
  return (
    <button type="button" className="button button--primary button--wide" data-autofocus disabled={busy || !online} onClick={() => void join()}>
      {busy ? t('channels.joining') : t('channels.join')}
    </button>
  )
}
