import { describe, expect, it } from 'vitest'
import type { LanguageName } from './chosenLanguage.ts'
import { ar } from './ar.ts'
import { LANGUAGES } from './chosenLanguage.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { enLater } from './enLater.ts'
import { ja } from './ja.ts'

const WORDS: Record<LanguageName, object> = { en: { ...en, ...enLater }, de, ar, ja }
const OTHERS = LANGUAGES.filter((name) => name !== 'en')
const english = flat(WORDS.en)

/** Words that a language has in common with English. Whatever else is equal was forgotten. */
const SAME: Record<string, readonly string[]> = {
  de: [
    'conversation.entryLabel', 'conversation.said', 'details.roles.admin', 'details.title',
    'markdown.code', 'markdown.codeIn', 'markdown.spoiler', 'notifications.said', 'person.availability.online', 'settings.appearances.system', 'threads.title', 'writing.emoji', 'writing.inlineCode',
  ],
  ar: ['conversation.said', 'notifications.said', 'shortcuts.ctrl', 'shortcuts.shift'],
  ja: ['conversation.said', 'notifications.said', 'shortcuts.ctrl', 'shortcuts.shift'],
}

describe.each(OTHERS)('the words in %s', (name) => {
  const words = flat(WORDS[name])

  it('[W1] have every key of English, each plural in all the forms that the language has, and no other', () => {
    expect([...words.keys()].toSorted()).toEqual([...new Set([...english.keys()].flatMap((key) => formsOf(key, name)))].toSorted())
  })

  it('[W1] have the placeholders of English; a form for one number may do without it', () => {
    for (const [key, text] of words) {
      const wanted = placeholders(english.get(key) ?? english.get(`${baseOf(key)}_other`) ?? '')
      const found = placeholders(text)
      const spoken = SAYS_THE_NUMBER.test(key) ? wanted.filter((one) => one !== COUNT) : wanted
      expect(spoken.filter((one) => !found.includes(one)), `${key} leaves out`).toEqual([])
      expect(found.filter((one) => !wanted.includes(one)), `${key} invents`).toEqual([])
    }
  })

  it('[W1] are not left in English', () => {
    const left = [...words].filter(([key, text]) => text === english.get(key)).map(([key]) => key)
    expect(left.toSorted()).toEqual(SAME[name]?.toSorted())
  })

  it('say something, without spaces around it', () => {
    expect([...words].filter(([, text]) => text.trim() === '' || text.trim() !== text)).toEqual([])
  })
})

it('[W1] English has both of its forms of each plural', () => {
  const forms = [...english.keys()].flatMap((key) => formsOf(key, 'en'))
  expect(forms.filter((form) => !english.has(form))).toEqual([])
})

function flat(words: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
      const here = path === '' ? key : `${path}.${key}`
      return typeof value === 'object' && value !== null ? [...flat(value, here)] : [[here, String(value)] as const]
    }),
  )
}

function formsOf(key: string, name: LanguageName): string[] {
  if (!PLURAL.test(key)) return [key]
  return new Intl.PluralRules(name).resolvedOptions().pluralCategories.map((form) => `${baseOf(key)}_${form}`)
}

function baseOf(key: string): string {
  return key.replace(PLURAL, '')
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\{[^}]*\}\}/g))].toSorted()
}

const PLURAL = /_(zero|one|two|few|many|other)$/
const SAYS_THE_NUMBER = /_(zero|one|two)$/
const COUNT = '{{count, number}}'
