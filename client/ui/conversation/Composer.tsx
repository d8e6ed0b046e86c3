import { useEffect, useRef, useState } from 'react'
import type { EntryId } from '../../../shared/ids.ts'
import { MENTIONS_UNASKED_MAX } from '../../../shared/limits.ts'
import type { Conversation } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { CloseIcon, SendIcon, TickIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { Confirm } from '../parts/Confirm.tsx'
import { toasts } from '../parts/ToastStack.tsx'
import { emojiSource } from '../writing/emojiSource.ts'
import { ComposerField } from './ComposerField.tsx'
import { QuoteText, useQuoted } from './Quote.tsx'
import { typed } from './text.ts'
import { useDraft } from './useDraft.ts'
import { useMentions } from './useMentions.ts'
import { useTyping } from './useTyping.ts'

/** What the next message does besides being said. */
export type Intent = { type: 'reply'; to: EntryId } | { type: 'edit'; of: EntryId; text: string }

type ComposerProps = {
  conversation: Conversation
  title: string
  intent: Intent | null
  onIntentEnd: () => void
  /** The last own message is to be edited. False when there is none at hand. */
  onEditLast: () => boolean
}

export function Composer(props: ComposerProps) {
  const { intent } = props
  return intent?.type === 'edit' ? <EditField key={intent.of} {...props} of={intent.of} before={intent.text} /> : <MessageField {...props} replyTo={intent?.to ?? null} />
}

function MessageField({ conversation, title, replyTo, onIntentEnd, onEditLast }: ComposerProps & { replyTo: EntryId | null }) {
  const { t } = useLanguage()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useDraft(conversation)
  const setTyping = useTyping(conversation)
  const { sources, mentioned } = useMentions(conversation)
  const [asks, setAsks] = useState<number | null>(null)
  const body = typed(text)

  /** Who would notify many is asked first. */
  async function submit() {
    const { notifies } = mentioned(body?.text ?? '')
    if (notifies > MENTIONS_UNASKED_MAX) setAsks(notifies)
    else await send()
  }

  async function send() {
    if (body === null) return
    const { notifies: _asked, ...called } = mentioned(body.text)
    setAsks(null)
    setText('')
    setTyping(false)
    onIntentEnd()
    field.current?.focus()
    // If the device cannot keep it, nothing was shown as sent; the words must not be lost with it.
    await kept(conversation.send({ ...body, ...called, ...(replyTo === null ? {} : { replyTo }) }), () => {
      setText(text)
    })
  }

  return (
    <ComposerField
      field={field}
      placeholder={t('conversation.placeholder')}
      label={title === '' ? t('conversation.composeUnnamed') : t('conversation.compose', { name: title })}
      action={t('conversation.send')}
      icon={<SendIcon />}
      text={text}
      length={body?.text.length ?? 0}
      ready={body !== null}
      onText={(next) => {
        setText(next)
        setTyping(next.trim() !== '')
      }}
      onSubmit={submit}
      sources={sources}
      onCancel={onIntentEnd}
      onArrowUp={onEditLast}
      onBlur={() => {
        setTyping(false)
      }}
    >
      {replyTo === null ? null : <ReplyBar conversation={conversation} id={replyTo} onClose={onIntentEnd} />}
      {asks === null ? null : (
        <AskBeforeNotifying
          count={asks}
          onConfirm={() => void send()}
          onClose={() => {
            setAsks(null)
          }}
        />
      )}
    </ComposerField>
  )
}

async function kept(work: Promise<unknown>, onLost?: () => void): Promise<void> {
  try {
    await work
  } catch (error) {
    onLost?.()
    toasts.show(currentLanguage().t('conversation.notKept'), { tone: 'danger' })
    throw error
  }
}

function AskBeforeNotifying({ count, onConfirm, onClose }: { count: number; onConfirm: () => void; onClose: () => void }) {
  const { t } = useLanguage()
  return <Confirm title={t('mentions.askTitle', { count })} words={t('mentions.askWords', { count })} action={t('mentions.sendAnyway')} onConfirm={onConfirm} onClose={onClose} />
}

/** The draft waits meanwhile. */
export function EditField({ conversation, of, before, onIntentEnd }: Pick<ComposerProps, 'conversation' | 'onIntentEnd'> & { of: EntryId; before: string }) {
  const { t } = useLanguage()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(before)
  const said = text.trim()

  async function save() {
    onIntentEnd()
    if (said === before) return
    await kept(conversation.edit(of, said))
  }

  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(before.length, before.length)
  }, [before])

  return (
    <ComposerField
      field={field}
      label={t('conversation.editing')}
      placeholder={t('conversation.placeholder')}
      action={t('conversation.save')}
      icon={<TickIcon />}
      text={text}
      length={said.length}
      ready={said !== ''}
      onText={setText}
      sources={EDITED_WITH}
      onSubmit={save}
      onCancel={onIntentEnd}
      onArrowUp={() => false}
    >
      <div className="composer__reply" role="group" aria-label={t('conversation.editing')}>
        <div className="quote quote--flat">
          <span className="quote__name">{t('conversation.editing')}</span>
          <span className="quote__text" dir="auto">
            {before}
          </span>
        </div>
        <IconButton label={t('conversation.cancelEdit')} icon={<CloseIcon />} onClick={onIntentEnd} />
      </div>
    </ComposerField>
  )
}

function ReplyBar({ conversation, id, onClose }: { conversation: Conversation; id: EntryId; onClose: () => void }) {
  const { t } = useLanguage()
  const { item } = useQuoted(conversation.timeline, id)
  return (
    <div className="composer__reply" role="group" aria-label={t('conversation.reply')}>
      <div className="quote quote--flat">
        <QuoteText item={item} />
      </div>
      <IconButton label={t('conversation.cancelReply')} icon={<CloseIcon />} onClick={onClose} />
    </div>
  )
}

/** An edit calls nobody anew. */
const EDITED_WITH = [emojiSource]
