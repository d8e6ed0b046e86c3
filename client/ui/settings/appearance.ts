// Light, dark or as the system says; a choice of this device, not of the account.

export const APPEARANCES = ['system', 'light', 'dark'] as const
export type Appearance = (typeof APPEARANCES)[number]

export function readAppearance(storage: Pick<Storage, 'getItem'>): Appearance {
  const kept = storage.getItem(KEY)
  return APPEARANCES.find((appearance) => appearance === kept) ?? 'system'
}

export function keepAppearance(storage: Pick<Storage, 'setItem'>, appearance: Appearance): void {
  storage.setItem(KEY, appearance)
}

export function applyAppearance(root: HTMLElement, appearance: Appearance): void {
  if (appearance === 'system') root.removeAttribute('data-appearance')
  else root.setAttribute('data-appearance', appearance)
}

const KEY = 'parley.appearance'
