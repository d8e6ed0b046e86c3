import { useTranslation } from 'react-i18next'
import type { Language } from './language.ts'
import { currentLanguage, i18n } from './language.ts'

/** The words, times and numbers of the language the screens are in; drawn again when it changes. */
export function useLanguage(): Language {
  useTranslation('translation', { i18n })
  return currentLanguage()
}
