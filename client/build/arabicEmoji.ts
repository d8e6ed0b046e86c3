// Names and search words of the emoji in Arabic, which emojibase does not have: from Unicode's CLDR, in emojibase's form.

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const Annotations = z.object({ annotations: z.object({ annotations: z.record(z.string(), z.object({ default: z.array(z.string()).optional(), tts: z.array(z.string()).optional() })) }) })
const Skin = z.looseObject({ label: z.string(), tone: z.union([z.number(), z.array(z.number())]).optional() })
const Data = z.array(z.looseObject({ label: z.string(), emoji: z.string(), tags: z.array(z.string()).optional(), skins: z.array(Skin).optional() }))
const Messages = z.looseObject({
  groups: z.array(z.looseObject({ key: z.string(), message: z.string() })),
  skinTones: z.array(z.looseObject({ key: z.string(), message: z.string() })),
})

export async function arabicEmojiData(): Promise<string> {
  const { annotations } = await read('cldr-annotations-full/annotations/ar/annotations.json', Annotations)
  const known = annotations.annotations
  const data = await read('emojibase-data/en/data.json', Data)
  return JSON.stringify(
    data.map((one) => {
      const label = nameOf(one.emoji, (character) => known[character]?.tts?.[0]) ?? one.label
      const skins = one.skins?.map((skin) => ({ ...skin, label: [label, ...tonesOf(skin.tone)].join(': ') }))
      // The English words stay, after the Arabic ones: people know many emoji by those.
      return { ...one, label, tags: [...(known[plain(one.emoji)]?.default ?? []), ...(one.tags ?? [])], ...(skins === undefined ? {} : { skins }) }
    }),
  )
}

export async function arabicEmojiMessages(): Promise<string> {
  const messages = await read('emojibase-data/en/messages.json', Messages)
  return JSON.stringify({ ...messages, groups: messages.groups.map(inArabic), skinTones: messages.skinTones.map(inArabic) })
}

function inArabic<Part extends { key: string; message: string }>(part: Part): Part {
  return { ...part, message: MESSAGES[part.key] ?? part.message }
}

/** By itself, as the flag of a region, or as CLDR derives it: the longest known beginning, then what was joined to it. */
function nameOf(emoji: string, known: (character: string) => string | undefined): string | undefined {
  const region = regionOf(emoji)
  if (region !== null) return `علم: ${REGIONS.of(region)}`
  const parts = plain(emoji).split(JOINER)
  for (let length = parts.length; length > 0; length -= 1) {
    const names = [parts.slice(0, length).join(JOINER), ...parts.slice(length)].map(known)
    if (names.every((name) => name !== undefined)) return names.join(': ')
  }
  return undefined
}

function regionOf(emoji: string): string | null {
  const letters = Array.from(emoji, (character) => (character.codePointAt(0) ?? 0) - REGIONAL_A)
  if (letters.length !== 2 || letters.some((letter) => letter < 0 || letter > 25)) return null
  return String.fromCodePoint(...letters.map((letter) => letter + 65))
}

/** CLDR names them without the mark that asks for the coloured form. */
function plain(emoji: string): string {
  return emoji.replaceAll('\u{FE0F}', '')
}

function tonesOf(tone: number | number[] | undefined): string[] {
  return [tone ?? []].flat().map((one) => MESSAGES[TONES[one - 1] ?? ''] ?? '')
}

async function read<T>(specifier: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(fileURLToPath(import.meta.resolve(specifier)), 'utf8')))
}

const JOINER = '\u{200D}'
const REGIONAL_A = 0x1f1e6
const REGIONS = new Intl.DisplayNames('ar', { type: 'region' })
const TONES = ['light', 'medium-light', 'medium', 'medium-dark', 'dark']

/** What emojibase says of groups and skin tones. */
const MESSAGES: Readonly<Record<string, string>> = {
  'smileys-emotion': 'الوجوه والمشاعر',
  'people-body': 'الأشخاص والجسم',
  component: 'المكوّنات',
  'animals-nature': 'الحيوانات والطبيعة',
  'food-drink': 'الطعام والشراب',
  'travel-places': 'السفر والأماكن',
  activities: 'الأنشطة',
  objects: 'الأشياء',
  symbols: 'الرموز',
  flags: 'الأعلام',
  light: 'بشرة بلون فاتح',
  'medium-light': 'بشرة بلون فاتح ومعتدل',
  medium: 'بشرة بلون معتدل',
  'medium-dark': 'بشرة بلون معتدل مائل للغامق',
  dark: 'بشرة بلون غامق',
}
