import type { Seq } from '../../../shared/ids.ts'
import { CopyIcon, EditIcon, MarkReadIcon, MoreIcon, ReactIcon, ReplyIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import type { MenuItem } from '../parts/Menu.tsx'
import { Menu } from '../parts/Menu.tsx'
import { toasts } from '../parts/ToastStack.tsx'
import { navigate } from '../useRoute.ts'
import { EmojiPopover } from './EmojiPopover.tsx'
import type { EntryProps } from './Entry.tsx'
import { words } from './words.ts'

type ActionsProps = Pick<EntryProps, 'item' | 'conversation' | 'onReply' | 'onEdit'>

/** Beside the bubble: shown on hover and when the entry has focus, which a tap gives it. */
export function EntryActions(props: ActionsProps) {
  const { item, conversation, onReply } = props
  const canReply = onReply !== null && 'seq' in item.mark
  return (
    <div className="entry__actions">
      {canReply ? (
        <EmojiPopover
          label={words.react}
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
          label={words.reply}
          icon={<ReplyIcon className="flips" />}
          tabIndex={-1}
          onClick={() => {
            onReply(item.id)
          }}
        />
      ) : null}
      <Menu label={words.messageOptions} icon={<MoreIcon />} items={() => menuOf(props)} />
    </div>
  )
}

function menuOf({ item, conversation, onReply, onEdit }: ActionsProps): MenuItem[] {
  const { mark } = item
  return [
    ...(onReply !== null && 'seq' in mark
      ? [
          {
            label: words.reply,
            icon: <ReplyIcon />,
            run: () => {
              onReply(item.id)
            },
          },
        ]
      : []),
    ...(onEdit !== null && canEdit(item)
      ? [
          {
            label: words.edit,
            icon: <EditIcon />,
            run: () => {
              onEdit(item)
            },
          },
        ]
      : []),
    { label: words.copy, icon: <CopyIcon />, run: () => void copy(item.body.text) },
    ...('seq' in mark && !item.own
      ? [
          {
            label: words.unreadFrom,
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
  await navigator.clipboard.writeText(text)
  toasts.show(words.copied)
}

/** What people choose most. */
const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const
