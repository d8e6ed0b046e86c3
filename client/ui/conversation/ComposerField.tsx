import type { KeyboardEvent, ReactNode, RefObject } from 'react'
import { useEffect, useId } from 'react'
import { TEXT_MAX_CHARS } from '../../../shared/limits.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { TOUCH, useMedia } from '../useMedia.ts'
import { CompletionList } from '../writing/CompletionList.tsx'
import type { CompletionSource } from '../writing/completionSource.ts'
import { formatOnKey, linkOnPaste } from '../writing/fieldKeys.ts'
import { useCompletion } from '../writing/useCompletion.ts'
import { EmojiButton } from './EmojiButton.tsx'
import './Composer.css'

type FieldProps = {
  field: RefObject<HTMLTextAreaElement | null>
  label: string
  placeholder: string
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

/** Where a message, a reply or an edit is written, with all that helps to write it. */
export function ComposerField({ field, label, placeholder, action, icon, text, length, ready, onText, onSubmit, onCancel, onArrowUp, onBlur, sources, children }: FieldProps) {
  const touch = useMedia(TOUCH)
  useFocus(field, touch)
  const count = useId()
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
            aria-describedby={count}
            aria-invalid={left < 0}
            placeholder={placeholder}
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
      <CharactersLeft id={count} left={left} />
    </form>
  )
}

/** Nobody needs to know before it becomes short. */
function CharactersLeft({ id, left }: { id: string; left: number }) {
  const { t } = useLanguage()
  return (
    <p id={id} className={left < 0 ? 'composer__count composer__count--over' : 'composer__count'} role="status">
      {left < 0 ? t('conversation.over', { count: -left }) : left <= COUNT_FROM ? t('conversation.left', { count: left }) : ''}
    </p>
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
    if (!onArrowUp()) focusLastEntry(event.currentTarget)
  }
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

/** Of the conversation or thread in which one writes. */
function focusLastEntry(field: HTMLElement): void {
  const entries = field.closest('.conversation, .thread')?.querySelectorAll<HTMLElement>('[data-index]') ?? []
  entries[entries.length - 1]?.focus()
}

const COUNT_FROM = 500
