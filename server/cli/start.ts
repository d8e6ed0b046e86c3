// `npm start`: builds the web client if it is missing or older than its sources, then runs the server in this process,
// so that a signal reaches the server itself.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isClientBuilt } from './clientBuild.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

if (!isClientBuilt(ROOT) && !build()) {
  console.error('The web client could not be built; the reason stands above. Run `npm ci` if something is missing.')
  process.exitCode = 1
} else {
  await import('../main.ts')
}

function build(): boolean {
  console.log('Building the web client …')
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  // The settings of the server are none of the build's business.
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: ROOT, stdio: 'inherit' })
  return status === 0
}
