import { useState } from 'react'
import { Topic } from '../../../shared/displayName.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import { TOPIC_MAX_CHARS } from '../../../shared/limits.ts'
import { Field } from '../account/Field.tsx'
import '../language/englishLater.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { told } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'

/** The first topic of a conversation, set without its details. */
export function TopicDialog({ conversation, onClose }: { conversation: ConversationId; onClose: () => void }) {
  const { t } = useLanguage()
  const engine = useEngine()
  const [text, setText] = useState('')
  const [mistaken, setMistaken] = useState(false)
  async function save() {
    const topic = Topic.safeParse(text.trim())
    setMistaken(!topic.success)
    if (topic.success && (await told(engine.describe(conversation, { topic: topic.data }), t('topic.changed')))) onClose()
  }
  return (
    <Dialog
      title={t('topic.add')}
      size="small"
      onClose={onClose}
      footer={
        <button type="submit" form="topic" className="button button--primary button--wide" disabled={text.trim() === ''}>
          {t('details.save')}
        </button>
      }
    >
      <form
        id="topic"
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '') void save()
        }}
      >
        <Field label={t('topic.field')} hint={t('create.topicHint')} mistake={mistaken ? t('create.topicForm', { max: TOPIC_MAX_CHARS }) : undefined} dir="auto" autoComplete="off" data-autofocus maxLength={TOPIC_MAX_CHARS} value={text} onValue={setText} />
      </form>
    </Dialog>
  )
}
