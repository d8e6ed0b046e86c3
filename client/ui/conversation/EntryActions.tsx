import type { Seq } from '../../../shared/ids.ts'
import { currentLanguage } from '../language/language.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { CopyIcon, EditIcon, MarkReadIcon, MoreIcon, ReactIcon, ReplyIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import type { MenuItem } from '../parts/Menu.tsx'
import { Menu } from '../parts/Menu.tsx'
import { toasts } from '../parts/ToastStack.tsx'
import { navigate } from '../useRoute.ts'
import { EmojiPopover } from './EmojiPopover.tsx'
import type { EntryProps } from './Entry.tsx'

type ActionsProps = Pick<EntryProps, 'item' | 'conversation' | 'onReply' | 'onEdit'>

/** Beside the bubble: shown on hover and when the entry has focus, which a tap gives it. */
export function EntryActions(props: ActionsProps) {
  const { t } = useLanguage()
  const { item, conversation, onReply } = props
  const canReply = onReply !== null && 'seq' in item.mark
  return (
    <div className="entry__actions">
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
      {canReply ? (
        <IconButton
          label={t('conversation.reply')}
          icon={<ReplyIcon className="flips" />}
          tabIndex={-1}
          onClick={() => {
            onReply(item.id)
          }}
        />
      ) : null}
      <Menu label={t('conversation.messageOptions')} icon={<MoreIcon />} items={() => menuOf(props)} />
    </div>
  )
}

function menuOf({ item, conversation, onReply, onEdit }: ActionsProps): MenuItem[] {
  const { t } = currentLanguage()
  const { mark } = item
  return [
    ...(onReply !== null && 'seq' in mark
      ? [
          {
            label: t('conversation.reply'),
            icon: <ReplyIcon className="flips" />,
            run: () => {
              onReply(item.id)
            },
          },
        ]
      : []),
    ...(onEdit !== null && canEdit(item)
      ? [
          {
            label: t('conversation.edit'),
            icon: <EditIcon />,
            run: () => {
              onEdit(item)
            },
          },
        ]
      : []),
    { label: t('conversation.copy'), icon: <CopyIcon />, run: () => void copy(item.body.text) },
    ...('seq' in mark && !item.own
      ? [
          {
            label: t('conversation.unreadFrom'),
            icon: <MarkReadIcon />,
            run: () => {
              markUnread(conversation, mark.seq)
            },
          },
        ]
      : []),
  ]
}

export function canEdit({ kind, own, mark, body }: ActionsProps['item']): boolean {
  return kind === 'message' && own && mark.state !== 'refused' && body.style !== 'notice'
}

/** Leaves the conversation, as staying would read it again. */
function markUnread(conversation: ActionsProps['conversation'], seq: Seq): void {
  void conversation.markUnreadFrom(seq)
  navigate({ conversation: null, panel: null })
}

async function copy(text: string): Promise<void> {
  const { t } = currentLanguage()
  await navigator.clipboard.writeText(text)
  toasts.show(t('conversation.copied'))
}

/** What people choose most. */
const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const
