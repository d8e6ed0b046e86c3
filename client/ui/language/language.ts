// The language the screens are in. English is here from the start; another one is a file of its own, fetched before
// anything is drawn in it. The one importer of i18next.

import type { TFunction } from 'i18next'
import { createInstance } from 'i18next'
import { createTimeWords } from '../time/words.ts'
import type { TimeWords } from '../time/words.ts'
import type { LanguageChoice, LanguageName } from './chosenLanguage.ts'
import { LANGUAGES, languageOf, localeOf } from './chosenLanguage.ts'
import { inDigitsOf } from './digits.ts'
import { en } from './en.ts'
import { isolated } from './isolate.ts'

export type T = TFunction

export type Language = {
  name: LanguageName
  /** With the region that dates and numbers follow: `en-GB`. */
  locale: string
  direction: 'ltr' | 'rtl'
  t: T
  times: TimeWords
  number: (value: number) => string
  list: (items: readonly string[]) => string
}

export const i18n = createInstance()

void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  // At once: what is bundled need not be waited for.
  initAsync: false,
  // React escapes what it draws; what is left to do is to keep directions apart.
  interpolation: { escapeValue: true, escape: (value: string) => isolated(value, i18n.dir()) },
})

/** The language now. A component takes it from `useLanguage`, which draws it anew when another one is chosen. */
export function currentLanguage(): Language {
  const locale = i18n.language
  let language = known.get(locale)
  if (language === undefined) {
    language = createLanguage(locale)
    known.set(locale, language)
  }
  return language
}

/** Rejects when the language is not on this device and cannot be fetched; the one before stays. */
export async function speak(choice: LanguageChoice, wanted: readonly string[] = navigator.languages): Promise<void> {
  const name = languageOf(choice, wanted)
  latest = choice
  const locale = localeOf(name, wanted)
  if (!i18n.hasResourceBundle(name, 'translation')) i18n.addResourceBundle(name, 'translation', inDigitsOf(locale, await FILES[name]()))
  // Another one was chosen meanwhile.
  if (latest !== choice) return
  await i18n.changeLanguage(locale)
}

/** Words that come with what shows them. */
export function addEnglish(words: object): void {
  i18n.addResourceBundle('en', 'translation', words, true)
}

/** For screen readers, hyphens, quotation marks and the side where lines begin; follows every change. */
export function tellDocument(root: HTMLElement): void {
  const tell = () => {
    root.lang = i18n.language
    root.dir = i18n.dir()
  }
  i18n.on('languageChanged', tell)
  tell()
}

function createLanguage(locale: string): Language {
  const numbers = new Intl.NumberFormat(locale)
  const lists = new Intl.ListFormat(locale)
  const base = new Intl.Locale(locale).language
  return {
    name: LANGUAGES.find((name) => name === base) ?? 'en',
    locale,
    direction: i18n.dir(locale),
    t: i18n.getFixedT(locale),
    times: createTimeWords(locale),
    number: (value) => numbers.format(value),
    list: (items) => lists.format(items),
  }
}

const FILES: Record<LanguageName, () => Promise<object>> = {
  en: async () => en,
  de: async () => (await import('./de.ts')).de,
  ar: async () => (await import('./ar.ts')).ar,
  ja: async () => (await import('./ja.ts')).ja,
}

const known = new Map<string, Language>()
let latest: LanguageChoice = 'system'
