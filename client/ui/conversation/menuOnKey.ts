/** At an entry that has the focus: its menu opens. The key is spent on that, else it would press what gets the focus there. */
export function openMenuOnKey(event: { target: EventTarget; preventDefault: () => void }): void {
  if (!(event.target instanceof Element) || !event.target.matches('[data-index]')) return
  event.preventDefault()
  event.target.querySelector<HTMLElement>('[aria-haspopup=menu]')?.click()
}
