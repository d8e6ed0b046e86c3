import { useState } from 'react'
import type { Conversation } from '../../sync/engine.ts'
import { useReadable } from '../useReadable.ts'

/**
 * The text being written, kept as the draft of the conversation or the thread by the engine, which waits for a pause. A draft that changes elsewhere (another device or tab) is
 * taken over unless something was typed here since.
 */
export function useDraft(conversation: Pick<Conversation, 'draft' | 'setDraft'>): [text: string, setText: (text: string) => void] {
  const stored = useReadable(conversation.draft)
  const [text, setText] = useState(stored)
  const [known, setKnown] = useState(stored)
  if (stored !== known) {
    setKnown(stored)
    if (text === known) setText(stored)
  }

  function write(next: string) {
    setText(next)
    void conversation.setDraft(next)
  }
  return [text, write]
}
