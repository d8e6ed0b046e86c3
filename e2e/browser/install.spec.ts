import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect } from '@playwright/test'
import { parseConfig } from '../../server/config.ts'
import { createLogger } from '../../server/logger.ts'
import { startServer } from '../../server/server.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'
import type { Device } from './device.ts'
import { People } from './people.ts'
import { test } from './test.ts'

type Manifest = {
  display: string
  icons: { src: string; sizes: string; purpose: string }[]
  shortcuts: { name: string; url: string }[]
}

test('the manifest names icons that are there and shortcuts that lead somewhere', async ({ people }) => {
  const alice = await people.signUp('Alice')
  const href = await alice.page.locator('link[rel=manifest]').getAttribute('href')
  const answer = await alice.context.request.get(href ?? '')
  // What the build wrote from appShell.ts.
  const manifest = (await answer.json()) as Manifest
  expect(manifest.display).toBe('standalone')
  expect(new Set(manifest.icons.map((icon) => icon.purpose))).toEqual(new Set(['any', 'maskable']))
  for (const icon of manifest.icons) expect((await alice.context.request.get(icon.src)).headers()['content-type']).toContain('image/')
  for (const { url } of manifest.shortcuts) {
    await alice.page.goto('about:blank')
    await alice.page.goto(url)
    await expect(alice.page.getByRole('dialog')).toBeVisible()
  }
})

test('a new version is offered, and taken when the person says so', async ({ browser }) => {
  // Its own, with a copy of the web client that can be replaced under it.
  const dir = mkdtempSync(join(tmpdir(), 'parley-update-'))
  const dist = join(dir, 'dist')
  cpSync(resolve(import.meta.dirname, '../../client/dist'), dist, { recursive: true })
  const config = parseConfig({ PORT: '0', DATA_DIR: dir }, '')
  const server = await startServer({ config, database: await openSqlite({ file: join(dir, 'parley.db') }), logger: createLogger('silent'), webClientDist: dist })
  const people = new People(browser, `http://127.0.0.1:${server.port}`)
  try {
    const alice = await people.signUp('Alice')
    await takesUpdate(alice, dist)
    // From here on a version is in charge of the page.
    await takesUpdate(alice, dist)
    expect(people.complaints).toEqual([])
  } finally {
    await people.close()
    await server.drain()
    rmSync(dir, { recursive: true })
  }
})

async function takesUpdate(alice: Device, dist: string): Promise<void> {
  await alice.tab.isInstalled()
  appendFileSync(join(dist, 'sw.js'), '\n// The next version.')
  // As the hourly look for one.
  await alice.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await expect(alice.page.getByText('An update is ready.')).toBeVisible()
  const reloaded = alice.page.waitForEvent('load')
  await alice.page.getByRole('button', { name: 'Reload' }).click()
  await reloaded
  await alice.tab.isOnline()
  await expect(alice.page.getByText('An update is ready.')).toBeHidden()
}

test('a link to a conversation leads there after signing in, too', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('hello')
  const { hash } = new URL(alice.page.url())
  const phone = await people.device(bob.person)
  await phone.page.goto('about:blank')
  await phone.page.goto(`/${hash}`)
  await phone.signIn()
  await expect(phone.tab.heading).toContainText('Alice')
  await expect(phone.tab.texts).toHaveText(['hello'])
})
