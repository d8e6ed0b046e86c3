import { useRef } from 'react'
import type { Conversation, Thread, TimelineItem } from '../../sync/engine.ts'
import { EditField } from '../conversation/Composer.tsx'
import { ComposerField } from '../conversation/ComposerField.tsx'
import { useDraft } from '../conversation/useDraft.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { SendIcon } from '../parts/Icon.tsx'
import { emojiSource } from '../writing/emojiSource.ts'
import { toasts } from '../parts/ToastStack.tsx'

type ThreadComposerProps = {
  conversation: Conversation
  thread: Thread
  /** The own reply that is being edited. */
  editing: TimelineItem | null
  onEdit: (item: TimelineItem | null) => void
  /** The last own reply is to be edited. False when there is none. */
  onEditLast: () => boolean
}

export function ThreadComposer({ conversation, editing, onEdit, ...rest }: ThreadComposerProps) {
  if (editing === null) return <ReplyField {...rest} />
  const end = () => {
    onEdit(null)
  }
  return <EditField key={editing.id} conversation={conversation} of={editing.id} before={editing.body.text} onIntentEnd={end} />
}

function ReplyField({ thread, onEditLast }: Pick<ThreadComposerProps, 'thread' | 'onEditLast'>) {
  const { t } = useLanguage()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useDraft(thread)
  const said = text.trim()

  async function send() {
    setText('')
    field.current?.focus()
    try {
      await thread.reply(said)
    } catch (error) {
      // The device could not keep it, so nothing was shown as sent; the words must not be lost with it.
      setText(text)
      toasts.show(t('conversation.notKept'), { tone: 'danger' })
      throw error
    }
  }

  return (
    <ComposerField
      field={field}
      label={t('threads.reply')}
      placeholder={t('threads.placeholder')}
      action={t('conversation.send')}
      icon={<SendIcon />}
      text={text}
      length={said.length}
      ready={said !== ''}
      onText={setText}
      onSubmit={send}
      sources={WRITTEN_WITH}
      onCancel={nothing}
      onArrowUp={onEditLast}
    >
      {null}
    </ComposerField>
  )
}

/** A reply calls its thread, and nobody by name. */
const WRITTEN_WITH = [emojiSource]

function nothing(): void {
  // There is no quote to let go of; Esc closes the thread.
}
