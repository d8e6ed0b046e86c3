import type { KeyboardEvent } from 'react'
import { useEffect, useRef } from 'react'
import type { EntryId } from '../../../shared/ids.ts'
import { TEXT_MAX_CHARS } from '../../../shared/limits.ts'
import type { Conversation } from '../../sync/engine.ts'
import { CloseIcon, SendIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { toasts } from '../parts/ToastStack.tsx'
import { TOUCH, useMedia } from '../useMedia.ts'
import { EmojiButton } from './EmojiButton.tsx'
import { QuoteText, useQuoted } from './Quote.tsx'
import { typed } from './text.ts'
import { useDraft } from './useDraft.ts'
import { useTyping } from './useTyping.ts'
import { words } from './words.ts'
import './Composer.css'

type ComposerProps = { conversation: Conversation; title: string; replyTo: EntryId | null; onReplyEnd: () => void }

export function Composer({ conversation, title, replyTo, onReplyEnd }: ComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const touch = useMedia(TOUCH)
  useFocus(field, touch)
  const { text, left, canSend, write, stop, send } = useMessage({ conversation, replyTo, onReplyEnd, field })
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {replyTo === null ? null : <ReplyBar conversation={conversation} id={replyTo} onClose={onReplyEnd} />}
      <div className="composer__box">
        <EmojiButton field={field} onText={write} />
        {/* Grows with a copy of its text that the style sheet lays out beneath it. */}
        <div className="composer__grow" data-text={text}>
          <textarea
            ref={field}
            rows={1}
            dir="auto"
            aria-label={words.compose(title)}
            aria-describedby="composer-count"
            aria-invalid={left < 0}
            placeholder={words.placeholder}
            enterKeyHint={touch ? 'enter' : 'send'}
            value={text}
            onChange={(event) => {
              write(event.target.value)
            }}
            onKeyDown={(event) => {
              onKey(event, { touch, send, onReplyEnd })
            }}
            onBlur={stop}
          />
        </div>
        <button type="submit" className="composer__send" aria-label={words.send} title={words.send} disabled={!canSend}>
          <SendIcon />
        </button>
      </div>
      <p id="composer-count" className={left < 0 ? 'composer__count composer__count--over' : 'composer__count'} role="status">
        {left < 0 ? words.over(-left) : left <= COUNT_FROM ? words.left(left) : ''}
      </p>
    </form>
  )
}

type MessageOptions = Pick<ComposerProps, 'conversation' | 'replyTo' | 'onReplyEnd'> & { field: { readonly current: HTMLTextAreaElement | null } }

function useMessage({ conversation, replyTo, onReplyEnd, field }: MessageOptions) {
  const [text, setText] = useDraft(conversation)
  const setTyping = useTyping(conversation)
  const body = typed(text)
  const left = TEXT_MAX_CHARS - (body?.text.length ?? 0)

  async function send() {
    if (body === null || left < 0) return
    setText('')
    setTyping(false)
    onReplyEnd()
    field.current?.focus()
    try {
      await conversation.send({ ...body, ...(replyTo === null ? {} : { replyTo }) })
    } catch (error) {
      // The device could not keep it, so nothing was shown as sent; the words must not be lost with it.
      setText(text)
      toasts.show(words.notKept, { tone: 'danger' })
      throw error
    }
  }

  return {
    text,
    left,
    canSend: body !== null && left >= 0,
    send,
    write: (next: string) => {
      setText(next)
      setTyping(next.trim() !== '')
    },
    stop: () => {
      setTyping(false)
    },
  }
}

type Keys = { touch: boolean; send: () => Promise<void>; onReplyEnd: () => void }

function onKey(event: KeyboardEvent<HTMLTextAreaElement>, { touch, send, onReplyEnd }: Keys): void {
  // Enter also ends the composition of a character (Chinese, Japanese, Korean).
  if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && !touch) {
    event.preventDefault()
    void send()
  } else if (event.key === 'Escape') {
    onReplyEnd()
  } else if (event.key === 'ArrowUp' && event.currentTarget.value === '') {
    event.preventDefault()
    focusLastEntry()
  }
}

function ReplyBar({ conversation, id, onClose }: { conversation: Conversation; id: EntryId; onClose: () => void }) {
  const { item } = useQuoted(conversation.timeline, id)
  return (
    <div className="composer__reply" role="group" aria-label={words.reply}>
      <div className="quote quote--flat">
        <QuoteText item={item} />
      </div>
      <IconButton label={words.cancelReply} icon={<CloseIcon />} onClick={onClose} />
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

/** Nobody needs to know sooner. */
const COUNT_FROM = 500
