// The picker's data in Arabic, a language that the library does not know: which emoji there are, it says itself; what they are
// called, the files that the build makes (client/build/arabicEmoji.ts).

import type { EmojiData } from 'frimousse'
import { defaultEmojiDataResolver } from 'frimousse'
import { z } from 'zod'

type Options = Parameters<typeof defaultEmojiDataResolver>[1]

const Names = z.array(z.object({ emoji: z.string(), label: z.string(), tags: z.array(z.string()) }))
const Groups = z.object({ groups: z.array(z.object({ order: z.int(), message: z.string() })) })

export async function emojiInArabic(options: Options): Promise<EmojiData> {
  const [data, names, { groups }] = await Promise.all([defaultEmojiDataResolver('en', options), read('data', Names, options), read('messages', Groups, options)])
  const named = new Map(names.map((one) => [one.emoji, one]))
  const titles = new Map(groups.map(({ order, message }) => [order, message]))
  return {
    ...data,
    locale: 'ar',
    emojis: data.emojis.map((one) => ({ ...one, label: named.get(one.emoji)?.label ?? one.label, tags: named.get(one.emoji)?.tags ?? one.tags })),
    categories: data.categories.map((one) => ({ ...one, label: titles.get(one.index) ?? one.label })),
  }
}

async function read<T>(file: string, schema: z.ZodType<T>, { emojibaseUrl = '', signal }: Options): Promise<T> {
  const answer = await fetch(`${emojibaseUrl}/ar/${file}.json`, signal === undefined ? {} : { signal })
  return schema.parse(await answer.json())
}
