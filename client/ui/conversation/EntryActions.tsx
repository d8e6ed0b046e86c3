import { useRef, useState } from 'react'
import type { EntryId, Seq } from '../../../shared/ids.ts'
import { currentLanguage } from '../language/language.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { CopyIcon, DetailsIcon, DiscardIcon, EditIcon, ForwardMessageIcon, LetGoIcon, LinkIcon, MarkReadIcon, MoreIcon, PinIcon, ReactIcon, ReplyIcon, ReportIcon, SaveIcon, SelectIcon, ThreadIcon, UnpinIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import { Late } from '../parts/Late.tsx'
import { later } from '../parts/later.ts'
import type { MenuItem } from '../parts/Menu.tsx'
import { Menu } from '../parts/Menu.tsx'
import { openCard } from '../people/cards.ts'
import { navigate } from '../useRoute.ts'
import { EmojiPopover } from './EmojiPopover.tsx'
import type { EntryProps } from './Entry.tsx'
import { canPin, copyLink, copyTexts, pin, save } from './messageActs.tsx'

const DeleteDialog = later(async () => (await import('./DeleteDialog.tsx')).DeleteDialog)
const ForwardDialog = later(async () => (await import('./ForwardDialog.tsx')).ForwardDialog)

type ActionsProps = Pick<EntryProps, 'item' | 'conversation' | 'root' | 'selection' | 'onReply' | 'onEdit'>
type Asking = 'delete' | 'forward' | null
/** What the menu leaves to the bar it belongs to. */
type Bar = { ask: (asking: Asking) => void; react: () => void }

/** Beside the bubble: shown on hover and when the entry has focus, which a tap gives it. */
export function EntryActions(props: ActionsProps) {
  const { t } = useLanguage()
  const { item, conversation, root, onReply } = props
  const [asking, setAsking] = useState<Asking>(null)
  const bar = useRef<HTMLDivElement>(null)
  const canReply = onReply !== null && 'seq' in item.mark
  const close = () => {
    setAsking(null)
  }
  return (
    <>
      <div className="entry__actions" ref={bar}>
        {canReply ? (
          <EmojiPopover
            label={t('conversation.react')}
            icon={<ReactIcon />}
            quick={QUICK}
            tabIndex={-1}
            onEmoji={(emoji) => {
              const chosen = item.reactions.some((reaction) => reaction.emoji === emoji && reaction.own)
              void conversation.react(item.id, emoji, !chosen)
            }}
          />
        ) : null}
        {canReply && root !== item.id ? (
          <IconButton
            label={t('conversation.reply')}
            icon={<ReplyIcon className="flips" />}
            tabIndex={-1}
            onClick={() => {
              onReply(item.id)
            }}
          />
        ) : null}
        <Menu label={t('conversation.messageOptions')} icon={<MoreIcon />} items={() => menuOf(props, { ask: setAsking, react: () => bar.current?.querySelector<HTMLElement>('[aria-haspopup=dialog]')?.click() })} />
      </div>
      {/* Not in the bar: what is laid over everything else takes on that the bar takes no pointer. */}
      <Late place="dialog" onClose={close}>
        {asking === 'delete' ? <DeleteDialog conversation={conversation} items={[item]} onDone={nothing} onClose={close} /> : null}
        {asking === 'forward' ? <ForwardDialog items={[item]} onDone={nothing} onClose={close} /> : null}
      </Late>
    </>
  )
}

function menuOf(props: ActionsProps, bar: Bar): MenuItem[] {
  return props.root === null ? messageMenu(props, bar) : replyMenu(props, props.root, bar)
}

function messageMenu({ item, conversation, selection, onReply, onEdit }: ActionsProps, { ask, react }: Bar): MenuItem[] {
  const { t } = currentLanguage()
  const { mark, id } = item
  const { pinning, saving } = keeping(item, conversation)
  const stored = 'seq' in mark
  // Where nothing can be answered, nothing can be done with others either.
  const open = onReply !== null
  const items: (MenuItem | null)[] = [
    open && stored ? { label: t('conversation.react'), icon: <ReactIcon />, run: react } : null,
    open && stored ? { label: t('conversation.reply'), icon: <ReplyIcon className="flips" />, run: () => onReply(id) } : null,
    open && stored ? { label: t('threads.reply'), icon: <ThreadIcon />, run: () => navigate({ conversation: conversation.id, panel: null, thread: id }) } : null,
    onEdit !== null && canEdit(item) ? { label: t('conversation.edit'), icon: <EditIcon />, run: () => onEdit(item) } : null,
    { label: t('conversation.copy'), icon: <CopyIcon />, run: () => void copyTexts([item], () => '') },
    open && stored ? { label: t('messages.copyLink'), icon: <LinkIcon />, run: () => void copyLink(conversation, id, null) } : null,
    open ? { label: t('messages.forward'), icon: <ForwardMessageIcon className="flips" />, run: () => ask('forward') } : null,
    open ? pinning : null,
    open ? saving : null,
    open && selection !== null ? { label: t('messages.select'), icon: <SelectIcon />, run: () => selection.begin(id) } : null,
    stored && !item.own ? { label: t('conversation.unreadFrom'), icon: <MarkReadIcon />, run: () => markUnread(conversation, mark.seq) } : null,
    about(item, conversation),
    open && mark.state !== 'refused' ? { label: t('messages.deleteItem'), icon: <DiscardIcon />, danger: true, run: () => ask('delete') } : null,
  ]
  return items.filter((one) => one !== null)
}

/** Whom an own message has reached; of one of others, the way to the administrators. */
function about(item: ActionsProps['item'], conversation: ActionsProps['conversation']): MenuItem | null {
  const { t } = currentLanguage()
  if (item.own) return { label: t('reach.action'), icon: <DetailsIcon />, run: () => openCard.set({ type: 'reach', conversation, item }) }
  if (!('seq' in item.mark)) return null
  return { label: t('report.action'), icon: <ReportIcon />, danger: true, run: () => openCard.set({ type: 'report', about: item.author, from: { conversation, item } }) }
}

/** For everyone, and for oneself. */
function keeping(item: ActionsProps['item'], conversation: ActionsProps['conversation']): { pinning: MenuItem | null; saving: MenuItem | null } {
  const { t } = currentLanguage()
  return {
    pinning: canPin(conversation, item) ? { label: item.pinned ? t('messages.unpin') : t('messages.pin'), icon: item.pinned ? <UnpinIcon /> : <PinIcon />, run: () => pin(conversation, item) } : null,
    saving: 'seq' in item.mark ? { label: item.saved ? t('messages.unsave') : t('messages.save'), icon: item.saved ? <LetGoIcon /> : <SaveIcon />, run: () => save(conversation, [item], !item.saved) } : null,
  }
}

/** A reply keeps to its thread: it is quoted nowhere else, and who has read it is nobody's business. Who answers the message does so by writing. */
function replyMenu({ item, conversation, selection, onReply, onEdit }: ActionsProps, root: EntryId, { ask, react }: Bar): MenuItem[] {
  const { t } = currentLanguage()
  const { pinning, saving } = keeping(item, conversation)
  const open = onReply !== null
  const items: (MenuItem | null)[] = [
    open && 'seq' in item.mark ? { label: t('conversation.react'), icon: <ReactIcon />, run: react } : null,
    open && item.id !== root && 'seq' in item.mark ? { label: t('conversation.reply'), icon: <ReplyIcon className="flips" />, run: () => onReply(item.id) } : null,
    onEdit !== null && canEdit(item) ? { label: t('conversation.edit'), icon: <EditIcon />, run: () => onEdit(item) } : null,
    { label: t('conversation.copy'), icon: <CopyIcon />, run: () => void copyTexts([item], () => '') },
    open && 'seq' in item.mark ? { label: t('messages.copyLink'), icon: <LinkIcon />, run: () => void copyLink(conversation, item.id, item.id === root ? null : root) } : null,
    open ? { label: t('messages.forward'), icon: <ForwardMessageIcon className="flips" />, run: () => ask('forward') } : null,
    open ? pinning : null,
    open ? saving : null,
    open && selection !== null ? { label: t('messages.select'), icon: <SelectIcon />, run: () => selection.begin(item.id) } : null,
    item.own ? null : about(item, conversation),
    open && item.mark.state !== 'refused' ? { label: t('messages.deleteItem'), icon: <DiscardIcon />, danger: true, run: () => ask('delete') } : null,
  ]
  return items.filter((one) => one !== null)
}

export function canEdit({ kind, own, mark, body }: ActionsProps['item']): boolean {
  return kind === 'message' && own && mark.state !== 'refused' && body.style !== 'notice'
}

/** Leaves the conversation, as staying would read it again. */
function markUnread(conversation: ActionsProps['conversation'], seq: Seq): void {
  void conversation.markUnreadFrom(seq)
  navigate({ conversation: null, panel: null })
}

function nothing(): void {
  // Nothing was chosen that would have to be let go.
}

/** What people choose most. */
const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const
