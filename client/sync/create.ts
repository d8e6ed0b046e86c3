// Puts an engine together from what its environment gives it.

import { engineActions } from './actions.ts'
import type { Engine } from './engine.ts'
import type { Environment } from './environment.ts'
import { Tab } from './tab.ts'

/** Resolves when what the store holds is in memory: signed in or not, online or not. */
export async function createEngine(environment: Environment): Promise<Engine> {
  const tab = new Tab(environment)
  await tab.start()
  return engineActions(tab)
}
