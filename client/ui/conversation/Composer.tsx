import type { ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import type { MessageBody } from '../../../shared/conversation/entry.ts'
import type { EntryId } from '../../../shared/ids.ts'
import { MENTIONS_UNASKED_MAX } from '../../../shared/limits.ts'
import type { Conversation, TimelineItem } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { CloseIcon, SendIcon, TickIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { Confirm } from '../parts/Confirm.tsx'
import { toasts } from '../parts/ToastStack.tsx'
import { ComposerField } from './ComposerField.tsx'
import { QuoteText, useQuoted } from './Quote.tsx'
import type { Typed } from './text.ts'
import { typed } from './text.ts'
import { useDraft } from './useDraft.ts'
import { useMentions } from './useMentions.ts'
import { useTyping } from './useTyping.ts'

/** What the next message does besides being said. */
export type Intent = { type: 'reply'; to: EntryId } | { type: 'edit'; of: EntryId; body: MessageBody }

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
  return intent?.type === 'edit' ? <EditField key={intent.of} {...props} of={intent.of} body={intent.body} /> : <MessageField {...props} replyTo={intent?.to ?? null} />
}

function MessageField({ conversation, title, replyTo, onIntentEnd, onEditLast }: ComposerProps & { replyTo: EntryId | null }) {
  const { t } = useLanguage()
  return (
    <WritingField
      conversation={conversation}
      place={conversation}
      placeholder={t('conversation.placeholder')}
      label={title === '' ? t('conversation.composeUnnamed') : t('conversation.compose', { name: title })}
      read={typed}
      onSend={(body) => {
        onIntentEnd()
        return conversation.send({ ...body, ...(replyTo === null ? {} : { replyTo }) })
      }}
      onCancel={onIntentEnd}
      onEditLast={onEditLast}
    >
      {replyTo === null ? null : <ReplyBar conversation={conversation} id={replyTo} onClose={onIntentEnd} />}
    </WritingField>
  )
}

type WritingProps = {
  conversation: Conversation
  /** Where it is said: the conversation, or a thread in it. */
  place: Pick<Conversation, 'draft' | 'setDraft' | 'setTyping'>
  placeholder: string
  label: string
  /** What was typed as what is said; null: nothing. */
  read: (text: string) => Typed
  /** Resolves when it is kept on this device. */
  onSend: (body: MessageBody) => Promise<unknown>
  onCancel: () => void
  onEditLast: () => boolean
  /** Above the field. */
  children?: ReactNode
}

/** Where something new is written, in a conversation or a thread: with its draft, who is mentioned, and telling others meanwhile. */
export function WritingField({ conversation, place, placeholder, label, read, onSend, onCancel, onEditLast, children }: WritingProps) {
  const { t } = useLanguage()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useDraft(place)
  const setTyping = useTyping(place)
  const { sources, mentioned } = useMentions(conversation)
  const [asks, setAsks] = useState<number | null>(null)
  const body = read(text)

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
    field.current?.focus()
    // If the device cannot keep it, nothing was shown as sent; the words must not be lost with it.
    await kept(onSend({ ...body, ...called }), () => {
      setText(text)
    })
  }

  return (
    <ComposerField
      field={field}
      placeholder={placeholder}
      label={label}
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
      onCancel={onCancel}
      onArrowUp={onEditLast}
      onBlur={() => {
        setTyping(false)
      }}
    >
      {children}
      <AskBeforeNotifying
        count={asks}
        onConfirm={send}
        onClose={() => {
          setAsks(null)
        }}
      />
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

/** `count`: null where nothing has to be asked. */
function AskBeforeNotifying({ count, onConfirm, onClose }: { count: number | null; onConfirm: () => Promise<void>; onClose: () => void }) {
  const { t } = useLanguage()
  if (count === null) return null
  return <Confirm title={t('mentions.askTitle', { count })} words={t('mentions.askWords', { count })} action={t('mentions.sendAnyway')} onConfirm={() => void onConfirm()} onClose={onClose} />
}

/** The draft waits meanwhile. */
export function EditField({ conversation, of, body, onIntentEnd }: Pick<ComposerProps, 'conversation' | 'onIntentEnd'> & { of: EntryId; body: MessageBody }) {
  const { t } = useLanguage()
  const before = body.text
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(before)
  const { sources, mentioned } = useMentions(conversation, body)
  const [asks, setAsks] = useState<number | null>(null)
  const said = text.trim()

  /** Whom it mentions besides is notified. */
  async function submit() {
    const { notifies } = mentioned(said)
    if (said !== before && notifies > MENTIONS_UNASKED_MAX) setAsks(notifies)
    else await save()
  }

  async function save() {
    onIntentEnd()
    if (said === before) return
    const { notifies: _asked, ...called } = mentioned(said)
    await kept(conversation.edit(of, said, called))
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
      sources={sources}
      onSubmit={submit}
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
      <AskBeforeNotifying
        count={asks}
        onConfirm={save}
        onClose={() => {
          setAsks(null)
        }}
      />
    </ComposerField>
  )
}

function ReplyBar({ conversation, id, onClose }: { conversation: Conversation; id: EntryId; onClose: () => void }) {
  return <QuoteBar item={useQuoted(conversation.timeline, id).item} onClose={onClose} />
}

/** What the next message or reply answers. */
export function QuoteBar({ item, onClose }: { item: TimelineItem | undefined; onClose: () => void }) {
  const { t } = useLanguage()
  return (
    <div className="composer__reply" role="group" aria-label={t('conversation.reply')}>
      <div className="quote quote--flat">
        <QuoteText item={item} />
      </div>
      <IconButton label={t('conversation.cancelReply')} icon={<CloseIcon />} onClick={onClose} />
    </div>
  )
}
