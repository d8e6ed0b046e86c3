// High contrast: as the system says until the switch was used on this device. What it means in colours is in tokens.css.

import { deviceChoice } from './deviceChoice.ts'

const CONTRASTS = ['system', 'normal', 'high'] as const

export const contrastChoice = deviceChoice('parley.contrast', CONTRASTS)

export function isHighContrast(storage: Pick<Storage, 'getItem'>): boolean {
  const chosen = contrastChoice.read(storage)
  return chosen === 'system' ? window.matchMedia(MORE_CONTRAST).matches : chosen === 'high'
}

export function applyContrast(root: HTMLElement, high: boolean): void {
  root.setAttribute('data-contrast', high ? 'high' : 'normal')
}

/** Follows the system while nothing was chosen. */
export function watchContrast(root: HTMLElement, storage: Storage): void {
  const apply = () => {
    applyContrast(root, isHighContrast(storage))
  }
  window.matchMedia(MORE_CONTRAST).addEventListener('change', apply)
  apply()
}

const MORE_CONTRAST = '(prefers-contrast: more)'
