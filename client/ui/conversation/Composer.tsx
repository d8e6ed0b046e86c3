import type { KeyboardEvent, ReactNode, RefObject } from 'react'
import { useEffect, useRef, useState } from 'react'
import type { EntryId } from '../../../shared/ids.ts'
import { MENTIONS_UNASKED_MAX, TEXT_MAX_CHARS } from '../../../shared/limits.ts'
import type { Conversation } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { CloseIcon, SendIcon, TickIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { Confirm } from '../parts/Confirm.tsx'
import { toasts } from '../parts/ToastStack.tsx'
import { TOUCH, useMedia } from '../useMedia.ts'
import { CompletionList } from '../writing/CompletionList.tsx'
import type { CompletionSource } from '../writing/completionSource.ts'
import { emojiSource } from '../writing/emojiSource.ts'
import { formatOnKey, linkOnPaste } from '../writing/fieldKeys.ts'
import { useCompletion } from '../writing/useCompletion.ts'
import { EmojiButton } from './EmojiButton.tsx'
import { QuoteText, useQuoted } from './Quote.tsx'
import { typed } from './text.ts'
import { useDraft } from './useDraft.ts'
import { useMentions } from './useMentions.ts'
import { useTyping } from './useTyping.ts'
import './Composer.css'

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
    <Field
      field={field}
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
    </Field>
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
function EditField({ conversation, of, before, onIntentEnd }: ComposerProps & { of: EntryId; before: string }) {
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
    <Field
      field={field}
      label={t('conversation.editing')}
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
    </Field>
  )
}

type FieldProps = {
  field: RefObject<HTMLTextAreaElement | null>
  label: string
  action: string
  icon: ReactNode
  text: string
  /** Of what would be said, in characters. */
  length: number
  ready: boolean
  onText: (text: string) => void
  /** What can be completed while it is typed. */
  sources: readonly CompletionSource[]
  onSubmit: () => Promise<void>
  onCancel: () => void
  /** In an empty field. True: something came of it. */
  onArrowUp: () => boolean
  onBlur?: () => void
  /** Above the field. */
  children: ReactNode
}

function Field({ field, label, action, icon, text, length, ready, onText, onSubmit, onCancel, onArrowUp, onBlur, sources, children }: FieldProps) {
  const { t } = useLanguage()
  const touch = useMedia(TOUCH)
  useFocus(field, touch)
  const completion = useCompletion(field, sources)
  const left = TEXT_MAX_CHARS - length
  const canSubmit = ready && left >= 0
  const submit = async () => {
    if (canSubmit) await onSubmit()
  }
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {children}
      <div className="composer__box">
        <EmojiButton field={field} onText={onText} />
        {/* Grows with a copy of its text that the style sheet lays out beneath it. */}
        <div className="composer__grow" data-text={text}>
          <textarea
            ref={field}
            rows={1}
            dir="auto"
            aria-label={label}
            aria-describedby="composer-count"
            aria-invalid={left < 0}
            placeholder={t('conversation.placeholder')}
            enterKeyHint={touch ? 'enter' : 'send'}
            {...completion.aria}
            value={text}
            onChange={(event) => {
              onText(event.target.value)
              completion.onChange(event)
            }}
            onSelect={completion.onSelect}
            onPaste={linkOnPaste}
            onKeyDown={(event) => {
              if (!completion.onKeyDown(event) && !formatOnKey(event)) onKey(event, { touch, submit, onCancel, onArrowUp })
            }}
            onBlur={() => {
              completion.onBlur()
              onBlur?.()
            }}
          />
        </div>
        <CompletionList open={completion.open} field={field} />
        <button type="submit" className="composer__send" aria-label={action} title={action} disabled={!canSubmit}>
          {icon}
        </button>
      </div>
      <p id="composer-count" className={left < 0 ? 'composer__count composer__count--over' : 'composer__count'} role="status">
        {left < 0 ? t('conversation.over', { count: -left }) : left <= COUNT_FROM ? t('conversation.left', { count: left }) : ''}
      </p>
    </form>
  )
}

type Keys = { touch: boolean; submit: () => Promise<void>; onCancel: () => void; onArrowUp: () => boolean }

function onKey(event: KeyboardEvent<HTMLTextAreaElement>, { touch, submit, onCancel, onArrowUp }: Keys): void {
  // Enter also ends the composition of a character (Chinese, Japanese, Korean).
  if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && !touch) {
    event.preventDefault()
    void submit()
  } else if (event.key === 'Escape') {
    onCancel()
  } else if (event.key === 'ArrowUp' && event.currentTarget.value === '') {
    event.preventDefault()
    if (!onArrowUp()) focusLastEntry()
  }
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

/** Ready to write when a conversation opens and when a key is struck anywhere; on a phone only when touched. */
function useFocus(field: { readonly current: HTMLTextAreaElement | null }, touch: boolean): void {
  useEffect(() => {
    if (touch) return undefined
    field.current?.focus()
    function onAnyKey(event: globalThis.KeyboardEvent) {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.key === ' ') return
      if (isTypingSomewhere() || document.querySelector('dialog[open], :popover-open') !== null) return
      field.current?.focus()
    }
    window.addEventListener('keydown', onAnyKey)
    return () => {
      window.removeEventListener('keydown', onAnyKey)
    }
  }, [field, touch])
}

function isTypingSomewhere(): boolean {
  return document.activeElement?.matches('input, textarea, select, [role=menuitem]') === true
}

function focusLastEntry(): void {
  const entries = document.querySelectorAll<HTMLElement>('.timeline [data-index]')
  entries[entries.length - 1]?.focus()
}

/** An edit calls nobody anew. */
const EDITED_WITH = [emojiSource]
/** Nobody needs to know sooner. */
const COUNT_FROM = 500
