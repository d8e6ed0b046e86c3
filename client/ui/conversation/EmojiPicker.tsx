import type { EmojiPickerListCategoryHeaderProps, EmojiPickerListEmojiProps, EmojiPickerListRowProps } from 'frimousse'
import { defaultEmojiDataResolver, EmojiPicker as Picker, useSkinTone } from 'frimousse'
import { useEffect, useState } from 'react'
import { useLanguage } from '../language/useLanguage.ts'
import { deviceChoice } from '../settings/deviceChoice.ts'
import { emojiInArabic } from './emojiInArabic.ts'
import './EmojiPicker.css'

/** Names and data from our own server: nothing is fetched from elsewhere. */
export function EmojiPicker({ onEmoji }: { onEmoji: (emoji: string) => void }) {
  const { name, t } = useLanguage()
  const [tone] = useState(() => toneChoice.read(localStorage))
  return (
    <Picker.Root
      className="emoji"
      skinTone={tone}
      columns={COLUMNS}
      locale={EMOJI_LANGUAGES.find((known) => known === name) ?? 'en'}
      emojibaseUrl="/emoji"
      resolveEmojiData={(locale, options) => (locale === 'ar' ? emojiInArabic(options) : defaultEmojiDataResolver(locale, options))}
      onEmojiSelect={({ emoji }) => {
        onEmoji(emoji)
      }}
    >
      <Picker.Search className="emoji__search" autoFocus aria-label={t('conversation.emojiSearch')} placeholder={t('conversation.emojiSearchShort')} />
      <Picker.Viewport className="emoji__viewport">
        <Picker.Loading className="emoji__note">{t('conversation.loading')}</Picker.Loading>
        <Picker.Empty className="emoji__note">{t('conversation.emojiNone')}</Picker.Empty>
        <Picker.List
          components={{ CategoryHeader, Row, Emoji }}
        />
      </Picker.Viewport>
      <div className="emoji__foot">
        <Picker.ActiveEmoji>{({ emoji }) => <span className="emoji__active">{emoji === undefined ? '' : `${emoji.emoji}  ${emoji.label}`}</span>}</Picker.ActiveEmoji>
        <RememberedTone />
        <Picker.SkinToneSelector className="icon-button" aria-label={t('conversation.skinTone')} title={t('conversation.skinTone')} />
      </div>
    </Picker.Root>
  )
}

/** Nobody chooses theirs anew each time. */
function RememberedTone() {
  const [tone] = useSkinTone()
  useEffect(() => {
    toneChoice.keep(localStorage, tone)
  }, [tone])
  return null
}

function CategoryHeader({ category, ...rest }: EmojiPickerListCategoryHeaderProps) {
  return (
    <div {...rest} className="emoji__category">
      {category.label}
    </div>
  )
}

/** The library counts rows and columns from 0, ARIA from 1. */
function Row({ 'aria-rowindex': row = 0, ...rest }: EmojiPickerListRowProps) {
  return <div {...rest} aria-rowindex={row + 1} />
}

function Emoji({ emoji, 'aria-colindex': column = 0, ...rest }: EmojiPickerListEmojiProps) {
  return (
    <button {...rest} aria-colindex={column + 1} type="button" className="emoji__one" aria-label={emoji.label} title={emoji.label}>
      {emoji.emoji}
    </button>
  )
}

const toneChoice = deviceChoice('parley.skin-tone', ['none', 'light', 'medium-light', 'medium', 'medium-dark', 'dark'])
const COLUMNS = 8
/** Those that the data names emoji in. */
const EMOJI_LANGUAGES = ['en', 'de', 'ar', 'ja'] as const
