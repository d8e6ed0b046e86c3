import type { Seq } from '../../../shared/ids.ts'
import { CopyIcon, MarkReadIcon, MoreIcon, ReplyIcon } from '../parts/Icon.tsx'
import { IconButton } from '../parts/IconButton.tsx'
import type { MenuItem } from '../parts/Menu.tsx'
import { Menu } from '../parts/Menu.tsx'
import { toasts } from '../parts/ToastStack.tsx'
import { navigate } from '../useRoute.ts'
import type { EntryProps } from './Entry.tsx'
import { words } from './words.ts'

type ActionsProps = Pick<EntryProps, 'item' | 'conversation' | 'onReply'>

/** Beside the bubble: shown on hover and when the entry has focus, which a tap gives it. */
export function EntryActions(props: ActionsProps) {
  const { item, onReply } = props
  const canReply = onReply !== null && 'seq' in item.mark
  return (
    <div className="entry__actions">
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

function menuOf({ item, conversation, onReply }: ActionsProps): MenuItem[] {
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

/** Leaves the conversation, as staying would read it again. */
function markUnread(conversation: ActionsProps['conversation'], seq: Seq): void {
  void conversation.markUnreadFrom(seq)
  navigate({ conversation: null, panel: null })
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
  toasts.show(words.copied)
}
