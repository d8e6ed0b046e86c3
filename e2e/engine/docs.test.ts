import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { startTown } from './town.ts'

/** Two processes from nothing, on a machine that may be running everything else. */
const PROCESSES_MS = 90_000

const root = fileURLToPath(new URL('../..', import.meta.url))

test('the example of docs/engine.md works when pasted, and again', async () => {
  const example = /```ts\n(.*?)```/s.exec(readFileSync(join(root, 'docs/engine.md'), 'utf8'))?.[1]
  if (example === undefined) throw new Error('docs/engine.md has no example.')
  expect(example.trimEnd().split('\n').length).toBeLessThanOrEqual(20)

  const folder = mkdtempSync(join(tmpdir(), 'example-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  // It lies in the root of the repository; here its two imports say so.
  writeFileSync(join(folder, 'hello.ts'), example.replaceAll("'./client/", `'${root}client/`))
  const town = await startTown()
  const run = () => promisify(execFile)(process.execPath, ['hello.ts', `http://127.0.0.1:${town.server.port}`], { cwd: folder })
  expect(await run()).toEqual({ stdout: 'Hello, world is entry 1\n', stderr: '' })
  expect(await run()).toEqual({ stdout: 'Hello, world is entry 1\n', stderr: '' })
}, PROCESSES_MS)
