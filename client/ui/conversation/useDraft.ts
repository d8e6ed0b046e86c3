import { useCallback, useEffect, useRef, useState } from 'react'
import type { Conversation } from '../../sync/engine.ts'
import { useReadable } from '../useReadable.ts'

/**
 * The text being written, kept as the conversation's draft. A draft that changes elsewhere (another device or tab) is
 * taken over unless something was typed here since.
 */
export function useDraft(conversation: Conversation): [text: string, setText: (text: string) => void, clear: () => void] {
  const stored = useReadable(conversation.draft)
  const [text, setText] = useState(stored)
  const [known, setKnown] = useState(stored)
  if (stored !== known) {
    setKnown(stored)
    if (text === known) setText(stored)
  }

  const unsaved = useRef<string | null>(null)
  const save = useCallback(() => {
    if (unsaved.current !== null) void conversation.setDraft(unsaved.current)
    unsaved.current = null
  }, [conversation])
  // After each render, which a new text is the usual reason of.
  useEffect(() => {
    const timer = setTimeout(save, SAVE_AFTER_MS)
    return () => {
      clearTimeout(timer)
    }
  })
  useEffect(() => {
    // A phone may never come back to a page it hides.
    document.addEventListener('visibilitychange', save)
    return () => {
      document.removeEventListener('visibilitychange', save)
      save()
    }
  }, [save])

  function write(next: string) {
    unsaved.current = next
    setText(next)
  }
  function clear() {
    unsaved.current = null
    setText('')
    void conversation.setDraft('')
  }
  return [text, write, clear]
}

/** After the last key: a draft is worth an update, each letter is not. */
const SAVE_AFTER_MS = 500
