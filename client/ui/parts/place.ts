/** Below the button, above where there is no room; begins where the button begins, or ends where it ends; inside the window. */
export function place(menu: HTMLElement, anchor: HTMLElement): void {
  const from = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const below = from.bottom + GAP_PX
  const top = below + height > window.innerHeight - GAP_PX ? from.top - height - GAP_PX : below
  const [atLeft, atRight] = [from.left, from.right - width]
  const left = getComputedStyle(anchor).direction === 'rtl' ? (atRight < GAP_PX ? atLeft : atRight) : from.left + width > window.innerWidth - GAP_PX ? atRight : atLeft
  menu.style.top = `${Math.max(GAP_PX, top)}px`
  menu.style.left = `${Math.max(GAP_PX, Math.min(left, window.innerWidth - GAP_PX - width))}px`
}

const GAP_PX = 6
