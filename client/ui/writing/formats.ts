// The marks that have keys. The composer and the sheet of shortcuts read this one list.

import type { Keys } from '../commands/keys.ts'
import { parseKeys } from '../commands/keys.ts'
import { words } from '../markdown/words.ts'

export type Format = { name: string; keys: Keys; mark: string }

export const FORMATS: readonly Format[] = [
  { name: words.bold, keys: parseKeys('Mod+B'), mark: '**' },
  { name: words.italic, keys: parseKeys('Mod+I'), mark: '_' },
  { name: words.strike, keys: parseKeys('Mod+Shift+X'), mark: '~~' },
  { name: words.inlineCode, keys: parseKeys('Mod+E'), mark: '`' },
]
