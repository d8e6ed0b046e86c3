// Keys in words: `Mod+K`, `Alt+Shift+ArrowUp`, `?`. `Mod` is Cmd on Apple's keyboards and Ctrl on all others.

export type Keys = { key: string; mod: boolean; alt: boolean; shift: boolean }

export function parseKeys(text: string): Keys {
  const parts = text.split('+')
  return { key: parts.at(-1) ?? '', mod: parts.includes('Mod'), alt: parts.includes('Alt'), shift: parts.includes('Shift') }
}

/** `?` needs Shift on one keyboard and not on another, so Shift counts only where it is named, with letters, and where the key has a name of its own. */
export function matches(event: KeyStroke, keys: Keys, apple: boolean): boolean {
  const mod = apple ? event.metaKey : event.ctrlKey
  const other = apple ? event.ctrlKey : event.metaKey
  if (mod !== keys.mod || other || event.altKey !== keys.alt) return false
  if ((keys.shift || keys.key.length > 1 || /[a-z]/i.test(keys.key)) && event.shiftKey !== keys.shift) return false
  if (event.key.toLowerCase() === keys.key.toLowerCase()) return true
  // A keyboard of another script has the letter in its place all the same.
  return keys.mod && event.key.charCodeAt(0) > 0x7f && event.code === `Key${keys.key.toUpperCase()}`
}

/** As it stands on the keys, one word a key. */
export function keyLabels({ key, mod, alt, shift }: Keys, apple: boolean): string[] {
  return [
    ...(mod ? [apple ? '⌘' : 'Ctrl'] : []),
    ...(alt ? [apple ? '⌥' : 'Alt'] : []),
    ...(shift ? [apple ? '⇧' : 'Shift'] : []),
    NAMES[key] ?? key.toUpperCase(),
  ]
}

export const IS_APPLE = typeof navigator === 'object' && /Mac|iPhone|iPad/.test(navigator.userAgent)

const NAMES: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' }

type KeyStroke = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>
