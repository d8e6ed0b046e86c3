import { useSyncExternalStore } from 'react'
import type { Language } from './language.ts'
import { currentLanguage, i18n } from './language.ts'

/** The words, times and numbers of the language the screens are in; drawn again when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage)
}

function subscribe(listener: () => void): () => void {
  i18n.on('languageChanged', listener)
  return () => {
    i18n.off('languageChanged', listener)
  }
}
