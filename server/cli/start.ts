// `npm start`: builds the web client if it is missing or older than its sources, then runs the server in this process,
// so that a signal reaches the server itself.

import { spawnSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

if (!isBuilt() && !build()) {
  console.error('The web client could not be built; the reason stands above. Run `npm ci` if something is missing.')
  process.exitCode = 1
} else {
  await import('../main.ts')
}

function isBuilt(): boolean {
  const page = join(ROOT, 'client/dist/index.html')
  if (!existsSync(page)) return false
  const builtAt = statSync(page).mtimeMs
  const sources = globSync(['client/**/*', 'shared/**/*', 'package-lock.json', 'vite.config.ts'], { cwd: ROOT, exclude: (path) => /^client\/dist(\/|$)/.test(path) })
  return sources.every((path) => statSync(join(ROOT, path)).mtimeMs <= builtAt)
}

function build(): boolean {
  console.log('Building the web client …')
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  // The settings of the server are none of the build's business.
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: ROOT, stdio: 'inherit' })
  return status === 0
}
