// What people and groups may be called. A name is what others recognise somebody by, so it holds nothing that cannot be
// seen and nothing that turns the direction of what stands around it.

import { z } from 'zod'
import { NAME_MAX_CHARS, STATUS_MAX_CHARS, TOPIC_MAX_CHARS } from './limits.ts'

/** Marks, embeddings, overrides and isolates: they turn "gnp.exe" into "exe.png", and the words beside the name as well. */
const TURNS_DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/**
 * Takes no room, or looks like a space, wherever it stands: controls and halves of characters, soft hyphen, the four Hangul
 * fillers, the Mongolian vowel separator, zero-width space, line separators, word joiner and its kin, the byte order mark,
 * the blank Braille pattern.
 */
const INVISIBLE = /[\p{Cc}\p{Cs}\u00ad\u115f\u1160\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb]/u

/**
 * ZWNJ and ZWJ belong into Persian, Indic scripts and emoji, between two characters. At an end, beside a space, a second
 * one or a letter of a script that never joins, they only make a name that looks like another.
 */
const STRAY_JOINER = /(?:^|[\s\u200c\u200d\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])[\u200c\u200d]|[\u200c\u200d](?:$|[\s\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])/u

/** Something to see that is no mark on something else. */
const VISIBLE = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}\p{P}\p{S}]/u

/**
 * Of the characters that are nothing by themselves: variation selectors count after an emoji, in a keycap and after the Han and
 * Mongolian characters that they vary, tags in the flag of a region. Anywhere else, as all the others, they only make a name
 * that looks like another.
 */
const STRAY_IGNORABLE =
  /(?![\u200c\u200d])(?:(?!\p{Variation_Selector}|[\u{e0020}-\u{e007f}])\p{Default_Ignorable_Code_Point}|(?<![\p{Extended_Pictographic}\p{Script=Han}\p{Script=Mongolian}]|[#*0-9](?=\ufe0f\u20e3))\p{Variation_Selector}|(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]*)[\u{e0020}-\u{e007f}]|\p{Noncharacter_Code_Point})/u

/** No language puts more on one letter; those who do write over the lines above and below. */
const PILE_OF_MARKS = /[\p{Mn}\p{Me}]{5}/u

/** As it was given, perhaps when less was refused: for what is read back. */
export const StoredName = shownBesideNames(NAME_MAX_CHARS)
/** Whoever gives one. Spaces of any width and number are one space, as they look on most screens. */
export const DisplayName = StoredName.overwrite(withPlainSpaces)
  .refine((name) => !STRAY_IGNORABLE.test(name), 'must not contain invisible characters')
  .refine((name) => !PILE_OF_MARKS.test(name), 'must not pile up marks on one letter')
/** A status stands beside the name wherever the name does, so it may pass for no more than itself either. */
export const StoredStatusText = shownBesideNames(STATUS_MAX_CHARS)
export const StatusText = StoredStatusText.refine((text) => !PILE_OF_MARKS.test(text), 'must not pile up marks on one letter')

function shownBesideNames(maxChars: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxChars)
    .refine((text) => !TURNS_DIRECTION.test(text), 'must not contain characters that turn the direction of writing')
    .refine((text) => !INVISIBLE.test(text) && !STRAY_JOINER.test(text), 'must not contain invisible characters')
    .refine((text) => VISIBLE.test(text), 'must contain something that can be seen')
}

/** What a conversation is about, on one line; may be empty. */
export const Topic = z
  .string()
  .trim()
  .max(TOPIC_MAX_CHARS)
  .refine((topic) => !TURNS_DIRECTION.test(topic), 'must not contain characters that turn the direction of writing')
  .refine((topic) => !INVISIBLE.test(topic), 'must not contain invisible characters')

/** A name from elsewhere without what is refused, or null when nothing of it is left. */
export function withoutInvisible(name: string): string | null {
  const clean = spaced(name.replaceAll(EVERY_UNSEEN, ' ').replaceAll(EVERY_STRAY, '').replaceAll(EVERY_PILE, '$1'))
  if (!STRAY_JOINER.test(clean)) return VISIBLE.test(clean) ? clean : null
  const bare = spaced(clean.replaceAll(/[\u200c\u200d]/g, '').replaceAll(EVERY_PILE, '$1'))
  return VISIBLE.test(bare) ? bare : null
}

function withPlainSpaces(name: string): string {
  return name.replaceAll(/\p{Zs}+/gu, ' ')
}

function spaced(name: string): string {
  return name.replaceAll(/\s+/gu, ' ').trim()
}

const EVERY_UNSEEN = new RegExp(`${TURNS_DIRECTION.source}|${INVISIBLE.source}`, 'gu')
const EVERY_STRAY = new RegExp(STRAY_IGNORABLE.source, 'gu')
const EVERY_PILE = /([\p{Mn}\p{Me}]{4})[\p{Mn}\p{Me}]+/gu
