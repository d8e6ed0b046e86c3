import { useCallback } from 'react'
import type { Least } from '../../../shared/conversation/membership.ts'
import { NAME_MAX_CHARS, TOPIC_MAX_CHARS } from '../../../shared/limits.ts'
import { Field } from '../account/Field.tsx'
import { useLanguage } from '../language/useLanguage.ts'
import { initialsOf } from '../people/avatar.ts'
import { PictureIcon } from '../parts/Icon.tsx'
import { PictureChoice } from '../settings/PictureChoice.tsx'
import { Segments } from '../settings/Segments.tsx'
import type { Draft, Mistakes } from './draft.ts'
import { suggestedName } from './draft.ts'
import '../people/Avatar.css'

type DescribeProps = { draft: Draft; mistakes: Mistakes; onChange: (changed: Partial<Draft>) => void }

/** Name, topic and picture; of a channel also what it is, and who writes. */
export function DescribeStep({ draft, mistakes, onChange }: DescribeProps) {
  const { t, list, number } = useLanguage()
  const isChannel = draft.kind === 'channel'
  const missing = isChannel ? t('channels.nameMissing') : t('create.groupNameMissing')
  return (
    <>
      <div className="create__picture" role="group" aria-label={t('create.picture')}>
        <Face name={draft.name} picture={draft.picture} />
        <PictureChoice
          said={() => undefined}
          has={draft.picture !== null}
          onPicture={async (picture) => {
            onChange({ picture })
            return { ok: true, value: undefined }
          }}
        />
      </div>
      <Field
        label={isChannel ? t('channels.name') : t('create.groupName')}
        hint={isChannel ? t('channels.createHint') : undefined}
        mistake={mistakes.name === null ? undefined : mistakes.name === 'missing' ? missing : t('create.nameForm')}
        name="name"
        placeholder={suggestedName(isChannel ? [] : draft.people, list)}
        required
        dir="auto"
        autoComplete="off"
        data-autofocus
        maxLength={NAME_MAX_CHARS}
        value={draft.name}
        onValue={(name) => onChange({ name })}
      />
      <Field
        label={t('create.topic')}
        hint={t('create.topicHint')}
        mistake={mistakes.topic === null ? undefined : t('create.topicForm', { max: TOPIC_MAX_CHARS })}
        name="topic"
        dir="auto"
        autoComplete="off"
        maxLength={TOPIC_MAX_CHARS}
        value={draft.topic}
        onValue={(topic) => onChange({ topic })}
      />
      {isChannel ? <Segments legend={t('create.writes')} name="writers" values={WRITERS} label={(who) => t(`create.writers.${who}`)} chosen={draft.writers} onChosen={(writers) => onChange({ writers })} /> : null}
      {draft.people.length === 0 ? null : <p className="create__people">{`${t('create.chosen', { count: draft.people.length })}: ${list(draft.people.slice(0, NAMED).map(({ name }) => name))}${draft.people.length > NAMED ? ` +${number(draft.people.length - NAMED)}` : ''}`}</p>}
    </>
  )
}

/** As it will stand in the list. Decoration: what it shows is said beside it. */
function Face({ name, picture }: Pick<Draft, 'name' | 'picture'>) {
  return (
    <span className="avatar avatar--large avatar--group create__face" aria-hidden="true">
      {name.trim() === '' ? <PictureIcon /> : initialsOf(name)}
      {picture === null ? null : <ChosenPicture picture={picture} />}
    </span>
  )
}

function ChosenPicture({ picture }: { picture: Blob }) {
  const show = useCallback(
    (image: HTMLImageElement) => {
      const address = URL.createObjectURL(picture)
      image.src = address
      return () => {
        URL.revokeObjectURL(address)
      }
    },
    [picture],
  )
  return <img ref={show} className="avatar__picture" alt="" draggable={false} data-testid="chosen-picture" />
}

const WRITERS: readonly Least[] = ['member', 'admin']
const NAMED = 3
