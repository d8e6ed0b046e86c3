import { fanOut } from './fanOut.ts'
import { idleMemory } from './idleMemory.ts'
import { importRate } from './importRate.ts'
import type { Measure } from './measure.ts'
import { openConversation } from './openConversation.ts'
import { outboxFlush } from './outboxFlush.ts'
import { presence } from './presence.ts'
import { saturation } from './saturation.ts'
import { startUp } from './startUp.ts'

/** In the order of the table. */
export const allMeasures: readonly Measure[] = [fanOut, saturation, idleMemory, openConversation, startUp, outboxFlush, importRate, presence]
