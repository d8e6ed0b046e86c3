import { useState } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import { TOPIC_MAX_CHARS } from '../../../shared/limits.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { EditIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { told } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { EditInPlace } from './EditInPlace.tsx'

type GroupTopicProps = { conversation: ConversationId; topic: string; editable: boolean }

/** What a group or a channel is about, in full. */
export function GroupTopic({ conversation, topic, editable }: GroupTopicProps) {
  const { t } = useLanguage()
  const [editing, setEditing] = useState(false)
  const begin = () => {
    setEditing(true)
  }
  if (editing) {
    return (
      <EditTopic
        conversation={conversation}
        topic={topic}
        onEnd={() => {
          setEditing(false)
        }}
      />
    )
  }
  if (topic === '') {
    return editable ? (
      <button type="button" className="text-button" onClick={begin}>
        {t('topic.add')}
      </button>
    ) : null
  }
  return (
    <div className="details__topic">
      <p dir="auto">{topic}</p>
      {editable ? <IconButton label={t('topic.change')} icon={<EditIcon />} onClick={begin} /> : null}
    </div>
  )
}

function EditTopic({ conversation, topic, onEnd }: Omit<GroupTopicProps, 'editable'> & { onEnd: () => void }) {
  const { t } = useLanguage()
  const engine = useEngine()
  const [text, setText] = useState(topic)
  const save = async () => {
    const next = text.trim()
    if (await told(engine.describe(conversation, { topic: next }), next === '' ? t('topic.removed') : t('topic.changed'))) onEnd()
  }
  return (
    <EditInPlace savable={text.trim() !== topic} onSave={save} onEnd={onEnd}>
      <textarea
        className="input details__topic-field"
        dir="auto"
        rows={3}
        autoFocus
        aria-label={t('topic.field')}
        maxLength={TOPIC_MAX_CHARS}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
        }}
      />
    </EditInPlace>
  )
}
