import { useEffect } from 'react'
import type { Route } from '../route.ts'
import { useEngine } from '../useEngine.ts'
import { COMMANDS } from './commands.tsx'
import type { Keys } from './keys.ts'
import { IS_APPLE, matches } from './keys.ts'

/**
 * Runs the command whose keys are struck, wherever the focus is. It listens before anybody else: an arrow with Alt is
 * not for the composer, and `?` does not begin a message.
 */
export function useCommandKeys(route: Route): void {
  const engine = useEngine()
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const command = COMMANDS.find(({ keys }) => keys !== null && matches(event, keys, IS_APPLE))
      if (command === undefined || command.keys === null || !command.applies(route) || isTaken(event, command.keys)) return
      event.preventDefault()
      event.stopPropagation()
      // The browser's own search must not open over a dialog either.
      if (document.querySelector('dialog[open]') === null) command.run({ engine, route })
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKey, { capture: true })
    }
  }, [engine, route])
}

/** A dialog, a menu and a field keep the keys that mean something there. */
function isTaken(event: KeyboardEvent, keys: Keys): boolean {
  if (event.isComposing) return true
  if (keys.mod || keys.alt) return false
  if (document.querySelector('dialog[open], :popover-open') !== null) return true
  const target = event.target instanceof Element ? event.target : document.body
  return target.closest(keys.key === 'Escape' ? KEEPS_ESCAPE : WRITES) !== null
}

const WRITES = 'input, textarea, select'
/** What Esc ends first: a search, a new name, a reply or an edit. */
const KEEPS_ESCAPE = 'input, .details form, .composer:has(.composer__reply)'
