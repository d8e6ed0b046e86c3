import { fanOut } from './fanOut.ts'
import { idleMemory } from './idleMemory.ts'
import type { Measure } from './measure.ts'
import { saturation } from './saturation.ts'

/** In the order of the table. */
export const allMeasures: readonly Measure[] = [fanOut, saturation, idleMemory]
