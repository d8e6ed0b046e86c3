// Before the first test: the web client as people get it, built from the sources as they are.

import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { isClientBuilt } from '../../server/cli/clientBuild.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export async function buildClient(): Promise<void> {
  if (!isClientBuilt(ROOT)) await build({ root: `${ROOT}client`, configFile: `${ROOT}vite.config.ts`, logLevel: 'warn' })
}

// Playwright calls what its global setup exports as default.
// oxlint-disable-next-line import/no-default-export
export default buildClient
