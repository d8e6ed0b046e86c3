import type { Conversation, Thread, TimelineItem } from '../../sync/engine.ts'
import { EditField, WritingField } from '../conversation/Composer.tsx'
import type { Typed } from '../conversation/text.ts'
import { useLanguage } from '../language/useLanguage.ts'

type ThreadComposerProps = {
  conversation: Conversation
  thread: Thread
  /** The own reply that is being edited. */
  editing: TimelineItem | null
  onEdit: (item: TimelineItem | null) => void
  /** The last own reply is to be edited. False when there is none. */
  onEditLast: () => boolean
}

export function ThreadComposer({ conversation, thread, editing, onEdit, onEditLast }: ThreadComposerProps) {
  const { t } = useLanguage()
  if (editing !== null) {
    const end = () => {
      onEdit(null)
    }
    return <EditField key={editing.id} conversation={conversation} of={editing.id} body={editing.body} onIntentEnd={end} />
  }
  return (
    <WritingField
      conversation={conversation}
      place={thread}
      placeholder={t('threads.placeholder')}
      label={t('threads.reply')}
      read={asReply}
      onSend={({ text, ...calling }) => thread.reply(text, calling)}
      onCancel={nothing}
      onEditLast={onEditLast}
    />
  )
}

/** A reply has no style: "/me" is what somebody typed. */
function asReply(input: string): Typed {
  const text = input.trim()
  return text === '' ? null : { text }
}

function nothing(): void {
  // There is no quote to let go of; Esc closes the thread.
}
