import { toasts } from './ToastStack.tsx'

/** Into the clipboard, and says so; `failed` where the browser does not let this page. */
export async function copyText(text: string, words: { copied: string; failed: string }): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch (error) {
    // What a browser says that does not let this page write to the clipboard.
    if (!(error instanceof DOMException)) throw error
    toasts.show(words.failed, { tone: 'danger' })
    return
  }
  toasts.show(words.copied)
}
