// Whether the web client has to be built before a start: when it never was, or a source is newer.

import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = ['client/**/*', 'shared/**/*', 'package-lock.json', 'vite.config.ts']

export function isClientBuilt(root: string): boolean {
  const page = join(root, 'client/dist/index.html')
  if (!existsSync(page)) return false
  const builtAt = statSync(page).mtimeMs
  const sources = globSync(SOURCES, { cwd: root, exclude: (path) => path === join('client', 'dist') })
  // Files alone: building touches the directories it writes into.
  return sources.map((path) => statSync(join(root, path))).every((source) => source.isDirectory() || source.mtimeMs <= builtAt)
}
