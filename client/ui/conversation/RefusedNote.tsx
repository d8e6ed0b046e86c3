import type { EntryId } from '../../../shared/ids.ts'
import { toasts } from '../parts/ToastStack.tsx'
import type { EntryProps } from './Entry.tsx'
import { words } from './words.ts'

/** Under an entry the server refused, or whose change it refused: why, and what to do about it. */
export function RefusedNote({ item, conversation }: Pick<EntryProps, 'item' | 'conversation'>) {
  const { mark, body, id, waiting } = item
  if (mark.state === 'refused') {
    const undo = { action: { label: words.undo, run: () => void conversation.send(body) } }
    return <Note id={id} conversation={conversation} says={words.notSent(mark.refusal.words)} onDiscarded={() => toasts.show(words.discarded, undo)} />
  }
  if (waiting === null || waiting.refusal === null) return null
  return <Note id={waiting.id} conversation={conversation} says={words.notChanged(waiting.refusal.words)} onDiscarded={() => toasts.show(words.changeDiscarded)} />
}

type NoteProps = { id: EntryId; conversation: EntryProps['conversation']; says: string; onDiscarded: () => void }

function Note({ id, conversation, says, onDiscarded }: NoteProps) {
  return (
    <div className="refused" role="alert">
      <span>{says}</span>
      <span className="refused__choices">
        <button type="button" className="text-button" onClick={() => void conversation.retry(id)}>
          {words.retry}
        </button>
        <button
          type="button"
          className="text-button text-button--danger"
          onClick={() => {
            void conversation.discard(id)
            onDiscarded()
          }}
        >
          {words.discard}
        </button>
      </span>
    </div>
  )
}
