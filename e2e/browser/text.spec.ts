// Whatever people type is text: without marks of Markdown it is shown as it is, runs nothing, loads nothing and breaks no layout. The test function
// fails on any dialog, page error or line on the console, a stopped script among them.

import { expect } from '@playwright/test'
import { test } from './test.ts'

const MARKUP = '<img src=x onerror=alert(1)><script>alert(2)</script>'
const OVERRIDE = 'safe \u202Egnp.exe\u202C end'
const ZALGO = 'Z\u0311\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324'.repeat(6)
/** As many marks on a letter as a name may have. */
const STACKED = 'Z\u0311\u036B\u0343\u036A'.repeat(6)
const FAMILY = '👨‍👩‍👧‍👦'
const TEXTS = [
  MARKUP,
  '<a href="javascript:alert(3)">press</a> javascript:alert(4)',
  '{{constructor.constructor("alert(5)")()}} ${alert(6)}',
  OVERRIDE,
  ZALGO,
  FAMILY.repeat(200),
  'x'.repeat(2_000),
  '‏שלום עולם‎ — مرحبا',
  '&lt;b&gt; &amp; \'quotes\' "double" tick` \\u0041',
  'x__proto__',
]

test('markup, scripts, overrides and endless marks in messages are shown as text', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await bob.tab.open('Alice')
  for (const text of TEXTS) {
    await alice.tab.composer.fill(text)
    await alice.tab.composer.press('Enter')
    await expect(bob.tab.row('Alice')).toContainText(text.slice(0, 8).trim())
    // The last as it was written, up to where a long one is folded.
    await expect.poll(async () => (await bob.tab.texts.last().textContent())?.slice(0, 80)).toBe(text.slice(0, 80))
  }
  await expect(bob.page.locator('img, iframe, script:not([src])')).toHaveCount(0)
  expect(await bob.tab.messages.getByRole('link').count()).toBe(0)
  expect(await bob.tab.overflow()).toBe(0)
})

test('names and searches are text, too', async ({ people }) => {
  const alice = await people.signUp('Alice')
  const bob = await people.device({ ...people.invent('Bob'), name: MARKUP })
  await bob.signUp()
  const carol = await people.device({ ...people.invent('Carol'), name: `${STACKED}😀` })
  await carol.signUp()
  await alice.tab.createGroup('<b onclick=alert(7)>Lunch</b> 🍜', [bob.person, carol.person])
  await expect(alice.tab.heading).toContainText('<b onclick=alert(7)>Lunch</b> 🍜')
  const details = await alice.tab.openDetails()
  await expect(details.getByRole('listitem').filter({ hasText: MARKUP })).toBeVisible()
  await bob.tab.row('Lunch').click()
  await bob.tab.write('hello from markup')
  await expect(alice.tab.entry('hello from markup')).toContainText(MARKUP)

  const search = alice.page.getByLabel('Search conversations and people')
  for (const text of [MARKUP, OVERRIDE, ZALGO, FAMILY.repeat(3), '%_\\', '"\'; DROP TABLE']) {
    await search.fill(text)
    await expect(alice.page.getByRole('heading', { name: /Nothing found|People/ })).toBeVisible()
  }
  await expect(alice.page.locator('img, iframe, script:not([src])')).toHaveCount(0)
  expect(await alice.tab.overflow()).toBe(0)
})

test('a name that would look like another is refused where it is typed', async ({ people }) => {
  const device = await people.device(people.invent('Mallory'))
  await device.page.getByRole('button', { name: 'Create account' }).click()
  await device.page.getByLabel('Username').fill('mallory-x')
  await device.page.getByLabel('Password', { exact: true }).fill('the cat of mallory sleeps')
  for (const name of ['Al\u202Eice', ZALGO.slice(0, 40)]) {
    await device.page.getByLabel('Your name').fill(name)
    await device.page.getByRole('button', { name: 'Create account' }).click()
    await expect(device.page.getByLabel('Your name')).toHaveAccessibleDescription(/no invisible ones/)
    await device.page.getByLabel('Your name').fill('')
    await expect(device.page.getByLabel('Your name')).not.toHaveAccessibleDescription(/no invisible ones/)
  }
})

test('a text that is too long cannot be sent, and the rest of it is not cut', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.composer.fill('a'.repeat(8_001))
  await expect(alice.page.getByText('1 character too many')).toBeVisible()
  await expect(alice.page.getByRole('button', { name: 'Send' })).toBeDisabled()
  await alice.tab.composer.press('Enter')
  await expect(alice.tab.composer).toHaveValue('a'.repeat(8_001))
  await alice.tab.composer.fill('a'.repeat(8_000))
  await alice.tab.composer.press('Enter')
  await bob.tab.open('Alice')
  await bob.tab.messages.getByRole('button', { name: 'More' }).click()
  await expect.poll(async () => (await bob.tab.texts.textContent())?.replaceAll(/[^a]/g, '').length).toBeGreaterThanOrEqual(8_000)
})

test('Shift+Enter and a paste keep lines, addresses become links that leave the app', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.composer.pressSequentially('first line')
  await alice.tab.composer.press('Shift+Enter')
  await alice.tab.composer.pressSequentially('see https://example.org/a?b=c.')
  await alice.tab.composer.press('Enter')
  await bob.tab.open('Alice')
  expect(await bob.tab.texts.textContent()).toBe('first line\nsee https://example.org/a?b=c.')
  const link = bob.tab.messages.getByRole('link')
  await expect(link).toHaveAttribute('href', 'https://example.org/a?b=c')
  await expect(link).toHaveAttribute('rel', /noopener/)
})
