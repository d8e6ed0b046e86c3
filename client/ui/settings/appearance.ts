// Light, dark or as the system says; a choice of this device, not of the account.

import { deviceChoice } from './deviceChoice.ts'

export const APPEARANCES = ['system', 'light', 'dark'] as const
export type Appearance = (typeof APPEARANCES)[number]

export const appearanceChoice = deviceChoice('parley.appearance', APPEARANCES)

export function applyAppearance(root: HTMLElement, appearance: Appearance): void {
  if (appearance === 'system') root.removeAttribute('data-appearance')
  else root.setAttribute('data-appearance', appearance)
}

/** To the other one of what is shown now, whether that was chosen or the system's. */
export function toggleAppearance(root: HTMLElement, storage: Storage): void {
  const chosen = appearanceChoice.read(storage)
  const isDark = chosen === 'system' ? window.matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark'
  const next = isDark ? 'light' : 'dark'
  appearanceChoice.keep(storage, next)
  applyAppearance(root, next)
}
