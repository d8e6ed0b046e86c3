import { appearanceChoice, applyAppearance } from './appearance.ts'
import { watchContrast } from './contrast.ts'
import { applyDensity, densityChoice } from './density.ts'

/** What was chosen on this device, before anything is drawn. */
export function applyLook(root: HTMLElement, storage: Storage): void {
  applyAppearance(root, appearanceChoice.read(storage))
  applyDensity(root, densityChoice.read(storage))
  watchContrast(root, storage)
}
