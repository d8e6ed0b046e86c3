// Stands in for `lib0/logging` in the built client: what Yjs warns of, without colours.

export const BOLD = ''
export const UNBOLD = ''
export const ORANGE = ''
export const RED = ''

export function print(...words: unknown[]): void {
  // oxlint-disable-next-line no-console -- A library's warning belongs where developers look.
  console.warn(...words)
}

export const warn = print
