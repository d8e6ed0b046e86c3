import { expect, test } from 'vitest'
import { arabicEmojiData, arabicEmojiMessages } from './arabicEmoji.ts'

type Named = { label: string; emoji: string; group?: number; tags?: string[]; skins?: { label: string }[] }

test('every emoji that is offered has a name in Arabic, but a few that CLDR does not name', async () => {
  // Made a moment ago, in emojibase's form.
  const data = JSON.parse(await arabicEmojiData()) as Named[]
  const offered = data.filter(({ group }) => group !== undefined)
  expect(offered.length).toBeGreaterThan(1_800)
  expect(offered.filter(({ label }) => !/\p{Script=Arabic}/u.test(label)).length).toBeLessThan(10)
  const named = (emoji: string) => data.find((one) => one.emoji === emoji)
  expect(named('👋')).toMatchObject({ label: 'تلويح باليد', tags: expect.arrayContaining(['مرحبا', 'hello']) })
  expect(named('👋')?.skins?.[0]?.label).toBe('تلويح باليد: بشرة بلون فاتح')
  expect(named('🇯🇴')?.label).toBe('علم: الأردن')
  expect(named('👨‍🦰')?.label).toBe('رجل: شعر أحمر')
})

test('so do their groups and the tones of skin', async () => {
  const { groups, skinTones } = JSON.parse(await arabicEmojiMessages()) as { groups: { message: string }[]; skinTones: { message: string }[] }
  for (const { message } of [...groups, ...skinTones]) expect(message).toMatch(/^\p{Script=Arabic}/u)
})
