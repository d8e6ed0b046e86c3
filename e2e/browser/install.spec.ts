import { expect } from '@playwright/test'
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
