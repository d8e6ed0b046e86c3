import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { tempDir } from '../testing/tempDir.ts'
import { isClientBuilt } from './clientBuild.ts'

function setup() {
  const root = tempDir()
  const write = (path: string, time: number) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), '')
    utimesSync(join(root, path), time, time)
  }
  write('client/main.tsx', 1)
  write('shared/ids.ts', 1)
  write('client/dist/index.html', 2)
  write('client/dist/assets/app.js', 3)
  return { root, write }
}

test('a client newer than its sources is built, whatever else was written while building', () => {
  const { root } = setup()
  expect(isClientBuilt(root)).toBe(true)
})

test.each(['client/ui/Composer.tsx', 'shared/limits.ts', 'vite.config.ts'])('a newer %s means building again', (source) => {
  const { root, write } = setup()
  write(source, 9)
  expect(isClientBuilt(root)).toBe(false)
})

test('a client that was never built has to be', () => {
  const { root } = setup()
  rmSync(join(root, 'client/dist'), { recursive: true })
  expect(isClientBuilt(root)).toBe(false)
})
