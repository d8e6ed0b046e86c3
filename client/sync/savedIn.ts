// Messages kept for later, from the keys of the personal document.

import { parseMessageKey } from '../../shared/personal/document.ts'
import type { SavedMessage } from './engine.ts'

/** The newest first: ids carry the time of writing. */
export function savedIn(keys: readonly string[]): SavedMessage[] {
  return keys.flatMap((key) => parseMessageKey(key) ?? []).toSorted((a, b) => (a.id < b.id ? 1 : -1))
}
