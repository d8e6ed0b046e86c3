// How much stands on a screen; a choice of this device. What it means in sizes is in tokens.css.

import { deviceChoice } from './deviceChoice.ts'

export const DENSITIES = ['comfortable', 'compact'] as const
export type Density = (typeof DENSITIES)[number]

export const densityChoice = deviceChoice('parley.density', DENSITIES)

export function applyDensity(root: HTMLElement, density: Density): void {
  root.setAttribute('data-density', density)
}
