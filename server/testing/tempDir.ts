import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Gone when the test is over. Whoever opens something in it registers its closing later, so it closes earlier. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'parley-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
