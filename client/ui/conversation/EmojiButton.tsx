import { useLanguage } from '../language/useLanguage.ts'
import { EmojiIcon } from '../parts/Icon.tsx'
import { EmojiPopover } from './EmojiPopover.tsx'

type EmojiButtonProps = { field: { readonly current: HTMLTextAreaElement | null }; onText: (text: string) => void }

/** Puts the chosen emoji where the cursor stands. */
export function EmojiButton({ field, onText }: EmojiButtonProps) {
  const { t } = useLanguage()
  function insert(emoji: string) {
    const area = field.current
    if (area === null) return
    area.focus()
    area.setRangeText(emoji, area.selectionStart, area.selectionEnd, 'end')
    onText(area.value)
  }
  return <EmojiPopover label={t('conversation.emoji')} icon={<EmojiIcon />} onEmoji={insert} />
}
