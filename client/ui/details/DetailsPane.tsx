import { may } from '../../../shared/conversation/membership.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import type { Conversation, ConversationState } from '../../sync/engine.ts'
import { useConversation } from '../conversation/useConversation.ts'
import { useTitle } from '../conversation/useTitle.ts'
import { muteMenu } from '../inbox/muteMenu.tsx'
import '../language/englishLater.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Avatar } from '../people/Avatar.tsx'
import { CloseIcon, MutedIcon, UnmuteIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { Menu } from '../parts/Menu.tsx'
import { Switch } from '../parts/Switch.tsx'
import { PersonActs } from '../people/PersonActs.tsx'
import { PersonFace } from '../people/PersonFace.tsx'
import { PictureChoice } from '../settings/PictureChoice.tsx'
import { useEngine, useIsOnline, useRow } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { navigate } from '../useRoute.ts'
import { BannedPeople } from './BannedPeople.tsx'
import { GroupName } from './GroupName.tsx'
import { GroupTopic } from './GroupTopic.tsx'
import { JoinRequests } from './JoinRequests.tsx'
import { JoinLinks } from './JoinLinks.tsx'
import { LeaveGroup } from './LeaveGroup.tsx'
import { MemberList } from './MemberList.tsx'
import { PermissionTable } from './PermissionTable.tsx'
import './DetailsPane.css'

type Ready = Extract<ConversationState, { state: 'ready' }>

/** Beside the conversation where there is room for a third pane, over it elsewhere. */
export function DetailsPane({ id }: { id: ConversationId }) {
  const { t } = useLanguage()
  const conversation = useConversation(id)
  const close = () => {
    navigate({ conversation: id, panel: null }, 'replace')
  }
  return (
    <aside className="details" aria-label={t('details.title')}>
      <header className="details__head">
        <IconButton label={t('details.close')} icon={<CloseIcon />} onClick={close} />
        <h2>{t('details.title')}</h2>
      </header>
      {conversation === null ? null : <Details conversation={conversation} />}
    </aside>
  )
}

function Details({ conversation }: { conversation: Conversation }) {
  const state = useReadable(conversation.state)
  if (state.state !== 'ready') return null
  return (
    <div className="details__body">
      <Face conversation={conversation} state={state} />
      <Switches id={conversation.id} />
      {state.peer === null ? null : <Acts peer={state.peer} state={state} />}
      {state.kind !== 'direct' ? (
        <>
          <PermissionTable conversation={conversation.id} kind={state.kind} role={state.role} permissions={state.permissions} />
          {may(state, state.role, { type: 'add' }) ? (
            <>
              <JoinRequests conversation={conversation.id} asking={state.asking} bannable={may(state, state.role, { type: 'ban', target: null })} />
              <JoinLinks conversation={conversation.id} />
            </>
          ) : null}
          <MemberList conversation={conversation} role={state.role} permissions={state.permissions} count={state.memberCount} />
          {may(state, state.role, { type: 'unban' }) ? <BannedPeople conversation={conversation.id} count={state.banned} /> : null}
          <LeaveGroup conversation={conversation} kind={state.kind} role={state.role} name={state.name} count={state.memberCount} />
        </>
      ) : null}
    </div>
  )
}

function Face({ conversation, state }: { conversation: Conversation; state: Ready }) {
  const { t } = useLanguage()
  const title = useTitle(state)
  const engine = useEngine()
  const online = useIsOnline()
  if (state.peer !== null) return <PersonFace id={state.peer} name={title} />
  const describes = may(state, state.role, { type: 'describe' })
  return (
    <div className="details__face">
      <Avatar id={conversation.id} name={title} picture={state.picture ?? undefined} size="huge" group />
      {describes ? <PictureChoice has={state.picture !== null} disabled={!online} onPicture={(chosen) => engine.setPictureOf(conversation.id, chosen)} /> : null}
      <GroupName conversation={conversation.id} kind={state.kind === 'channel' ? 'channel' : 'group'} name={state.name} role={state.role} permissions={state.permissions} />
      <p>{t('details.members', { count: state.memberCount })}</p>
      <GroupTopic conversation={conversation.id} topic={state.topic} editable={describes} />
    </div>
  )
}

function Acts({ peer, state }: { peer: NonNullable<Ready['peer']>; state: Ready }) {
  return <PersonActs id={peer} name={useTitle(state)} />
}

function Switches({ id }: { id: ConversationId }) {
  const { t } = useLanguage()
  const engine = useEngine()
  const row = useRow(id)
  if (row === undefined) return null
  return (
    <div className="details__switches">
      <Switch label={t('details.pin')} on={row.pinned} onChange={(on) => void engine.setPinned(id, on)} />
      <div className="details__mute">
        <span>{row.muted ? t('details.muted') : t('details.notMuted')}</span>
        <Menu label={t('details.mute')} icon={row.muted ? <MutedIcon /> : <UnmuteIcon />} items={() => muteMenu(engine, id, row.title, row)} />
      </div>
    </div>
  )
}
