import { toasts } from './ToastStack.tsx'

/** Into the clipboard, and says so; `failed` where the browser does not let this page. */
export async function copyText(text: string, words: { copied: string; failed: string }): Promise<void> {
  if (await isCopied(text)) toasts.show(words.copied)
  else toasts.show(words.failed, { tone: 'danger' })
}

export async function isCopied(text: string): Promise<boolean> {
  // Over plain http, as many run it at home, a page has no clipboard.
  if (!window.isSecureContext) return copiedBySelecting(text)
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch (error) {
    // What a browser says that does not let this page write to the clipboard.
    if (!(error instanceof DOMException)) throw error
    return false
  }
}

/** Deprecated, and the one way that is left there. */
function copiedBySelecting(text: string): boolean {
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'unseen'
  // What is outside an open dialog cannot be selected.
  ;(document.querySelector('dialog[open]') ?? document.body).append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return copied
}
