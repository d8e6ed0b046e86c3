import { useLanguage } from '../language/useLanguage.ts'
import type { Keys } from './keys.ts'
import { IS_APPLE, keyLabels } from './keys.ts'
import './KeysShown.css'

/** By what stands on the keys where the language is spoken. */
export function KeysShown({ keys }: { keys: Keys }) {
  const { t } = useLanguage()
  const names: Record<string, string> = { Ctrl: t('shortcuts.ctrl'), Shift: t('shortcuts.shift') }
  return (
    <span className="keys">
      {keyLabels(keys, IS_APPLE).map((label) => (
        <kbd key={label}>{names[label] ?? label}</kbd>
      ))}
    </span>
  )
}
