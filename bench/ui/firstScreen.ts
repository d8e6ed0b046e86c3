// JavaScript that has to be there before there is something to see, as it is built.

import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { FIRST_SCREEN_MAX_BYTES, firstScreenBytes } from '../../client/build/firstScreenBudget.ts'
import type { Row } from '../measures/measure.ts'
import { judged } from './goal.ts'

export async function firstScreen(): Promise<Row[]> {
  const built = await build({ configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)), root: fileURLToPath(new URL('../../client', import.meta.url)), logLevel: 'silent', build: { write: false } })
  if (Array.isArray(built) || !('output' in built)) throw new Error('one build has one output')
  const goal = { below: FIRST_SCREEN_MAX_BYTES / 1000, unit: 'KB' } as const
  return Object.entries(firstScreenBytes(built.output)).map(([screen, bytes]) => judged('first screen', `${screen}, gzip`, goal, [bytes / 1000]))
}
