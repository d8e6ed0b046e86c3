import type { Channel } from '../../../shared/protocol/api.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Avatar } from '../people/Avatar.tsx'
import { navigate } from '../useRoute.ts'
import '../people/PersonRow.css'
import '../people/PeoplePicker.css'

/** One's own opens; any other is looked into first. */
export function ChannelRow({ channel, onChosen }: { channel: Channel; onChosen: (channel: Channel) => void }) {
  const { t } = useLanguage()
  const { id, name, topic, picture, members, joined } = channel
  return (
    <button
      type="button"
      className="person-button"
      onClick={() => {
        if (joined) navigate({ conversation: id, panel: null }, 'replace')
        else onChosen(channel)
      }}
    >
      <span className="person">
        <Avatar id={id} name={name} picture={picture} group />
        <span className="person__text">
          <span className="person__name" dir="auto">
            {name}
          </span>
          <span className={topic === '' ? 'person__handle' : 'person__handle ends-cut'}>
            {t('conversation.members', { count: members })}
            {topic === '' ? null : <> · <bdi>{topic}</bdi></>}
          </span>
        </span>
        {joined ? <span className="tag">{t('channels.joined')}</span> : null}
      </span>
    </button>
  )
}
