// The marks that have keys. The composer and the sheet of shortcuts read this one list.

import type { Keys } from '../commands/keys.ts'
import { parseKeys } from '../commands/keys.ts'

/** Its words stand under this name, in each language. */
export type Format = { name: 'bold' | 'italic' | 'strike' | 'inlineCode'; keys: Keys; mark: string }

export const FORMATS: readonly Format[] = [
  { name: 'bold', keys: parseKeys('Mod+B'), mark: '**' },
  { name: 'italic', keys: parseKeys('Mod+I'), mark: '_' },
  { name: 'strike', keys: parseKeys('Mod+Shift+X'), mark: '~~' },
  { name: 'inlineCode', keys: parseKeys('Mod+E'), mark: '`' },
]
