// Which language this device speaks: as the system says, until somebody chose another one here.

import { deviceChoice } from '../settings/deviceChoice.ts'

export const LANGUAGES = ['en', 'de', 'ar', 'ja'] as const
export type LanguageName = (typeof LANGUAGES)[number]

export const LANGUAGE_CHOICES = ['system', ...LANGUAGES] as const
export type LanguageChoice = (typeof LANGUAGE_CHOICES)[number]

export const languageChoice = deviceChoice('parley.language', LANGUAGE_CHOICES)

/** `wanted`: the reader's languages, the dearest first, as the browser knows them. */
export function languageOf(choice: LanguageChoice, wanted: readonly string[]): LanguageName {
  if (choice !== 'system') return choice
  return wanted.map(nameOf).find((name) => name !== undefined) ?? 'en'
}

/**
 * What dates and numbers follow: the language as spoken where the reader is. Who reads English in Germany still reads
 * 24 hours and the day before the month.
 */
export function localeOf(language: LanguageName, wanted: readonly string[]): string {
  const own = wanted.find((tag) => nameOf(tag) === language)
  if (own !== undefined) return own
  const region = wanted.map((tag) => new Intl.Locale(tag).region).find((found) => found !== undefined)
  return region === undefined ? language : `${language}-${region}`
}

function nameOf(tag: string): LanguageName | undefined {
  const { language } = new Intl.Locale(tag)
  return LANGUAGES.find((name) => name === language)
}
