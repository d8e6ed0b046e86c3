import type { EntryId } from '../../../shared/ids.ts'
import { currentLanguage } from '../language/language.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { copyText } from '../parts/copyText.ts'
import { toasts } from '../parts/ToastStack.tsx'
import type { EntryProps } from './Entry.tsx'

/** Under an entry the server refused, or whose change it refused: why, and what to do about it. */
export function RefusedNote({ item, conversation, onSendAgain }: Pick<EntryProps, 'item' | 'conversation' | 'onSendAgain'>) {
  const language = useLanguage()
  const { t } = language
  const { mark, body, id, waiting } = item
  if (mark.state === 'refused') {
    const undo = { action: { label: t('conversation.undo'), run: () => onSendAgain(body) } }
    return <Note id={id} text={body.text} conversation={conversation} says={t('conversation.notSent', { why: refusalWords(mark.refusal, language) })} onDiscarded={() => toasts.show(t('conversation.discarded'), undo)} />
  }
  if (waiting === null || waiting.refusal === null) return null
  return <Note id={waiting.id} text={waiting.text} conversation={conversation} says={t('conversation.notChanged', { why: refusalWords(waiting.refusal, language) })} onDiscarded={() => toasts.show(t('conversation.changeDiscarded'))} />
}

/** `text`: what would be lost. */
type NoteProps = { id: EntryId; text: string | null; conversation: EntryProps['conversation']; says: string; onDiscarded: () => void }

function Note({ id, text, conversation, says, onDiscarded }: NoteProps) {
  const { t } = useLanguage()
  return (
    <div className="refused" role="alert">
      <span>{says}</span>
      <span className="refused__choices">
        <button type="button" className="text-button" onClick={() => void conversation.retry(id)}>
          {t('conversation.retry')}
        </button>
        {text === null ? null : (
          <button type="button" className="text-button" onClick={() => void copy(text)}>
            {t('conversation.copy')}
          </button>
        )}
        <button
          type="button"
          className="text-button text-button--danger"
          onClick={() => {
            void conversation.discard(id)
            onDiscarded()
          }}
        >
          {t('conversation.discard')}
        </button>
      </span>
    </div>
  )
}

async function copy(text: string): Promise<void> {
  const { t } = currentLanguage()
  await copyText(text, { copied: t('conversation.copied'), failed: t('leftovers.cannotCopy') })
}
