// What keys and the clipboard do in a field for messages besides writing.

import type { ClipboardEvent, KeyboardEvent } from 'react'
import { IS_APPLE, matches } from '../commands/keys.ts'
import { applyEdit } from './applyEdit.ts'
import { linkSelection, toggleMark } from './edits.ts'
import { FORMATS } from './formats.ts'

/** True: the key was a mark's. */
export function formatOnKey(event: KeyboardEvent<HTMLTextAreaElement>): boolean {
  const format = FORMATS.find(({ keys }) => matches(event.nativeEvent, keys, IS_APPLE))
  if (format === undefined) return false
  event.preventDefault()
  const field = event.currentTarget
  applyEdit(field, toggleMark(field.value, selectionOf(field), format.mark))
  return true
}

/** An address pasted over words makes them a link. */
export function linkOnPaste(event: ClipboardEvent<HTMLTextAreaElement>): void {
  const field = event.currentTarget
  const edit = linkSelection(field.value, selectionOf(field), event.clipboardData.getData('text/plain'))
  if (edit === null) return
  event.preventDefault()
  applyEdit(field, edit)
}

function selectionOf({ selectionStart, selectionEnd }: HTMLTextAreaElement) {
  return { start: selectionStart, end: selectionEnd }
}
