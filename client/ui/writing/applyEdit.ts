import type { Edit } from './edits.ts'

/** As if it were typed: the browser tells React of it, and its own undo takes it back. */
export function applyEdit(field: HTMLTextAreaElement, { from, to, insert, select }: Edit): void {
  field.focus()
  field.setSelectionRange(from, to)
  // Deprecated, and the one way that keeps the undo of a text field; every browser has it. False where scripts may not edit.
  const isTyped = insert === '' ? document.execCommand('delete') : document.execCommand('insertText', false, insert)
  if (!isTyped) {
    field.setRangeText(insert, from, to, 'end')
    field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
  }
  field.setSelectionRange(select.start, select.end)
}
