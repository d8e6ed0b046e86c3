import type { Keys } from './keys.ts'
import { IS_APPLE, keyLabels } from './keys.ts'
import './KeysShown.css'

export function KeysShown({ keys }: { keys: Keys }) {
  return (
    <span className="keys">
      {keyLabels(keys, IS_APPLE).map((label) => (
        <kbd key={label}>{label}</kbd>
      ))}
    </span>
  )
}
