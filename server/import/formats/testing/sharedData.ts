// Real exports lie beside the repository on the machines that have them; a public clone does not.

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export function sharedData(folder: string): { path: string; present: boolean; skipped: string } {
  const path = fileURLToPath(new URL(`../../../../../shared/data/${folder}`, import.meta.url))
  const present = existsSync(path)
  return { path, present, skipped: present ? '' : ' (skipped: ../shared/data is not here)' }
}
