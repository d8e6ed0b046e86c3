import { TYPING_TOLD_MAX } from '../../../shared/limits.ts'
import type { Language } from '../language/language.ts'

/** "Ana is typing…", "Ana and Bob are typing…", "4 people are typing…", "Many people are typing…". */
export function typingWords(names: readonly string[], { t, list }: Pick<Language, 't' | 'list'>): string {
  const [first = ''] = names
  if (names.length === 1) return t('conversation.typingOne', { name: first })
  // The server tells of no more.
  if (names.length >= TYPING_TOLD_MAX) return t('conversation.typingCrowd')
  return names.length > NAMED_MAX ? t('conversation.typingMany', { count: names.length }) : t('conversation.typingFew', { names: list(names) })
}

/** "👍 Ana and Bob", "👍 Ana, Bob and 3 others". */
export function reactionWords(emoji: string, names: readonly string[], count: number, { t, list }: Pick<Language, 't' | 'list'>): string {
  const others = count - names.length
  return `${emoji} ${list(others === 0 ? names : [...names, t('conversation.others', { count: others })])}`
}

const NAMED_MAX = 3
