import { useId, useState } from 'react'
import { toasts } from '../parts/ToastStack.tsx'
import type { LanguageChoice } from './chosenLanguage.ts'
import { LANGUAGE_CHOICES, languageChoice } from './chosenLanguage.ts'
import './englishLater.ts'
import { speak } from './language.ts'
import { useLanguage } from './useLanguage.ts'
import './LanguageSelect.css'

/** The language of this device; each one by its own name, so that nobody is lost among words they cannot read. */
export function LanguageSelect() {
  const { t } = useLanguage()
  const id = useId()
  const [chosen, setChosen] = useState(() => languageChoice.read(localStorage))

  async function choose(next: LanguageChoice) {
    setChosen(next)
    try {
      await speak(next)
    } catch (error) {
      // What a browser says of a file that it cannot fetch.
      if (!(error instanceof TypeError)) throw error
      setChosen(chosen)
      toasts.show(t('settings.languageFailed'), { tone: 'danger' })
      return
    }
    languageChoice.keep(localStorage, next)
  }

  return (
    <div className="language">
      <label htmlFor={id}>{t('settings.language')}</label>
      <select id={id} className="input" value={chosen} onChange={(event) => void choose(LANGUAGE_CHOICES.find((choice) => choice === event.target.value) ?? 'system')}>
        {LANGUAGE_CHOICES.map((choice) => (
          <option key={choice} value={choice} lang={choice === 'system' ? undefined : choice}>
            {choice === 'system' ? t('settings.systemLanguage') : OWN_NAMES[choice]}
          </option>
        ))}
      </select>
    </div>
  )
}

const OWN_NAMES: Record<Exclude<LanguageChoice, 'system'>, string> = { en: 'English', de: 'Deutsch', ar: 'العربية', ja: '日本語' }
