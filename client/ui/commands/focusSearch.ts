import { navigate } from '../useRoute.ts'

/** The search field of the list, from wherever the person is. */
export function focusSearch(): void {
  const field = searchField()
  if (field !== null) {
    field.focus()
    return
  }
  // On a phone the list is drawn first.
  navigate({ conversation: null, panel: null })
  requestAnimationFrame(() => {
    searchField()?.focus()
  })
}

function searchField(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('#search')
}
