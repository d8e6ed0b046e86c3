// Something that can be completed while it is typed: `:smi` an emoji. The composer knows nothing of what it completes.

import type { ReactNode } from 'react'

export type CompletionSource = {
  /** Names the list of candidates for a screen reader: a word under `writing`. */
  label: 'emoji' | 'people'
  /** What is being typed, from the text before the cursor; null: nothing of this kind. */
  find(before: string): Completing | null
  /** Best first. An answer that comes too late is not shown. */
  candidates(query: string): Promise<readonly Candidate[]>
  /** Replaces at once, without a choice: an ending was typed. */
  finish?(before: string): Promise<Finished | null>
}

/** `from`: where the text that a candidate takes the place of begins. */
export type Completing = { from: number; query: string }
export type Finished = { from: number; insert: string }
export type Candidate = {
  id: string
  /** What takes the place of what was typed. */
  insert: string
  icon: ReactNode
  label: string
}
