import { replyContentOf } from '../../../shared/conversation/entry.ts'
import type { Conversation, Thread, TimelineItem } from '../../sync/engine.ts'
import type { Intent } from '../conversation/Composer.tsx'
import { EditField, QuoteBar, WritingField } from '../conversation/Composer.tsx'
import { typed } from '../conversation/text.ts'
import { useLanguage } from '../language/useLanguage.ts'

type ThreadComposerProps = {
  conversation: Conversation
  thread: Thread
  intent: Intent | null
  /** What is quoted by it, if that is at hand. */
  quoted: TimelineItem | undefined
  onIntentEnd: () => void
  /** The last own reply is to be edited. False when there is none. */
  onEditLast: () => boolean
}

export function ThreadComposer({ conversation, thread, intent, quoted, onIntentEnd, onEditLast }: ThreadComposerProps) {
  const { t } = useLanguage()
  if (intent?.type === 'edit') return <EditField key={intent.of} conversation={conversation} of={intent.of} body={intent.body} onIntentEnd={onIntentEnd} />
  return (
    <WritingField
      conversation={conversation}
      place={thread}
      placeholder={t('threads.placeholder')}
      label={t('threads.reply')}
      read={typed}
      onSend={(body) => {
        onIntentEnd()
        return thread.reply(replyContentOf({ ...body, ...(intent === null ? {} : { replyTo: intent.to }) }))
      }}
      onCancel={onIntentEnd}
      onEditLast={onEditLast}
    >
      {intent === null ? null : <QuoteBar item={quoted} onClose={onIntentEnd} />}
    </WritingField>
  )
}
