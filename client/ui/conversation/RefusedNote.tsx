import { toasts } from '../parts/ToastStack.tsx'
import type { EntryProps } from './Entry.tsx'
import { words } from './words.ts'

/** Under an entry the server refused: why, and what to do about it. */
export function RefusedNote({ item, conversation }: Pick<EntryProps, 'item' | 'conversation'>) {
  const { mark, body, id } = item
  if (mark.state !== 'refused') return null
  return (
    <div className="refused" role="alert">
      <span>{words.notSent(mark.refusal.words)}</span>
      <span className="refused__choices">
        <button type="button" className="text-button" onClick={() => void conversation.retry(id)}>
          {words.retry}
        </button>
        <button
          type="button"
          className="text-button text-button--danger"
          onClick={() => {
            void conversation.discard(id)
            toasts.show(words.discarded, { action: { label: words.undo, run: () => void conversation.send(body) } })
          }}
        >
          {words.discard}
        </button>
      </span>
    </div>
  )
}
