import { hocuspocus } from './hocuspocus.ts'
import { parley } from './parley.ts'
import { socketio } from './socketio.ts'
import type { Target } from './target.ts'

/** In the order of the table. */
export const allTargets: readonly Target[] = [parley, socketio, hocuspocus]
