/** Below the button, above where there is no room; aligned with its end, inside the window. */
export function place(menu: HTMLElement, anchor: HTMLElement): void {
  const from = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const below = from.bottom + GAP_PX
  const top = below + height > window.innerHeight - GAP_PX ? from.top - height - GAP_PX : below
  const left = from.left + width > window.innerWidth - GAP_PX ? from.right - width : from.left
  menu.style.top = `${Math.max(GAP_PX, top)}px`
  menu.style.left = `${Math.max(GAP_PX, left)}px`
}

const GAP_PX = 6
