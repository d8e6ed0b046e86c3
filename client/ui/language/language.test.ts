import { afterEach, describe, expect, it } from 'vitest'
import { refusal } from '../../../shared/protocol/refusal.ts'
import { reactionWords, typingWords } from '../conversation/words.ts'
import { languageOf, localeOf } from './chosenLanguage.ts'
import { isolated } from './isolate.ts'
import { currentLanguage, speak } from './language.ts'
import { refusalWords } from './refusalWords.ts'

afterEach(async () => speak('en', ['en-GB']))

async function speaking(...[choice, wanted = []]: Parameters<typeof speak>) {
  await speak(choice, wanted)
  return currentLanguage()
}

describe('the language', () => {
  it('[W2] is the first of the system’s that is here, unless one was chosen', () => {
    expect(languageOf('system', ['fr-FR', 'de-AT', 'en'])).toBe('de')
    expect(languageOf('system', ['fr'])).toBe('en')
    expect(languageOf('ja', ['de'])).toBe('ja')
  })

  it('writes dates and numbers as where the reader is', () => {
    expect(localeOf('de', ['en-GB', 'de-AT'])).toBe('de-AT')
    expect(localeOf('en', ['de-DE'])).toBe('en-DE')
    expect(localeOf('ar', ['en'])).toBe('ar')
  })

  it('[W1] has a form for each number', async () => {
    const { t } = await speaking('ar')
    const members = [0, 1, 2, 3, 11, 100].map((count) => t('conversation.members', { count }))
    expect(members).toEqual(['لا أعضاء', 'عضو واحد', 'عضوان', '3 أعضاء', '11 عضوًا', '100 عضو'])
    const german = await speaking('de', ['de-DE'])
    expect(german.t('conversation.members', { count: 12_345 })).toBe('12.345 Mitglieder')
    const egyptian = await speaking('ar', ['ar-EG'])
    expect(egyptian.t('conversation.members', { count: 3 })).toBe('٣ أعضاء')
  })

  it('says nothing of what the one chosen before it had to fetch', async () => {
    await Promise.all([speak('de', []), speak('en', [])])
    expect(currentLanguage().name).toBe('en')
  })

  it('[W3] reads no instruction in what people call themselves', () => {
    const { t } = currentLanguage()
    for (const name of ['$t(settings.title)', '{{count}}', '<b>&amp;', '$&']) {
      expect(t('conversation.typingOne', { name })).toBe(`${name} is typing…`)
    }
  })

  it('[W3] keeps a name of the other direction to itself, and leaves all others as they are', async () => {
    expect(isolated('Bob', 'ltr')).toBe('Bob')
    expect(isolated('(Bob)', 'rtl')).toBe('\u2068(Bob)\u2069')
    expect(isolated('محمد', 'ltr')).toBe('\u2068محمد\u2069')
    expect(isolated('14:32', 'rtl')).toBe('14:32')
    const { t } = await speaking('ar')
    expect(t('details.leaveTitle', { name: 'Bob' })).toBe('مغادرة \u2068Bob\u2069؟')
  })
})

describe('a refusal', () => {
  const taken = refusal('taken', 'Somebody has this username already. Choose another.')

  it('[W4] is told in the server’s own words in English, and by its code in other languages', async () => {
    expect(refusalWords(taken, currentLanguage())).toBe(taken.words)
    expect(refusalWords(taken, await speaking('de'))).toContain('Benutzername')
  })

  it('[W4] of a code that is not known yet is told in the server’s words', async () => {
    const later = JSON.parse('{"code":"too-early","words":"Come back at noon."}') as typeof taken // A code of a newer server.
    expect(refusalWords(later, await speaking('de'))).toBe('Come back at noon.')
  })
})

describe('people in words', () => {
  it('are listed as the language lists them', async () => {
    expect(typingWords(['Ana'], currentLanguage())).toBe('Ana is typing…')
    expect(typingWords(['Ana', 'Bob'], currentLanguage())).toBe('Ana and Bob are typing…')
    expect(typingWords(['Ana', 'Bob', 'Cem', 'Dan'], currentLanguage())).toBe('4 people are typing…')
    expect(reactionWords('👍', ['Ana', 'Bob'], 5, currentLanguage())).toBe('👍 Ana, Bob and 3 others')
    expect(typingWords(['Ana', 'Bob'], await speaking('ja'))).toBe('Ana、Bob が入力中…')
  })
})
