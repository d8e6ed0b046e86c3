// Every screen before axe. The looks take turns, so that each screen is seen in one of them and each look has its share; the
// screens that people use most are seen in all their colours, with a server behind them, by accessibility.spec.ts.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { passes } from './axe.ts'
import { SCENES } from './scenes.ts'
import { LOOKS, nameOf, Studio } from './studio.ts'

let studio: Studio
let dir = ''

// For each worker its own.
test.beforeAll(async ({ browser }) => {
  dir = mkdtempSync(join(tmpdir(), 'parley-scenes-'))
  studio = await Studio.open(browser, dir)
})

test.afterAll(async () => {
  await studio.close()
  rmSync(dir, { recursive: true })
})

for (const [turn, look] of LOOKS.entries()) {
  test(`screens, ${nameOf(look)}`, async () => {
    await studio.show(look, SCENES.filter((_, index) => index % LOOKS.length === turn), passes)
    expect(studio.complaints).toEqual([])
  })
}
