import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { png } from './png.ts'
import { test } from './test.ts'

test('a group is made by keyboard alone: people, name, topic; what was entered stays on the way back, and one goes on in the composer', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  const { page } = alice
  const dialog = await begin(page)
  const search = dialog.getByLabel('Find people by name or username')
  await expect(search).toBeFocused()
  for (const { person } of [bob, carol]) {
    await search.fill(person.handle)
    await expect(dialog.getByRole('button', { name: person.handle })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('button', { name: `Remove ${person.name}` })).toBeVisible()
  }
  await expect(dialog.getByText('2 people', { exact: true })).toBeVisible()
  await page.keyboard.press('Backspace')
  await expect(dialog.getByRole('button', { name: 'Remove Carol' })).toHaveCount(0)
  await expect(dialog.getByText('1 person', { exact: true })).toBeVisible()
  await search.fill(carol.person.handle)
  await expect(dialog.getByRole('button', { name: carol.person.handle })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')

  await expect(dialog.getByRole('status').filter({ hasText: 'Step 2 of 2: Name the group' })).toBeVisible()
  const name = dialog.getByLabel('Group name')
  await expect(name).toBeFocused()
  await expect(name).toHaveAttribute('placeholder', 'Bob and Carol')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('Give the group a name.')).toBeVisible()
  await expect(name).toBeFocused()
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  await name.fill('Regatta')
  await dialog.getByLabel('Topic (optional)').fill('Saturday, if there is wind')

  await dialog.getByRole('button', { name: 'Back' }).click()
  await expect(search).toBeFocused()
  await expect(dialog.getByText('2 people', { exact: true })).toBeVisible()
  await dialog.getByRole('button', { name: 'Next' }).click()
  await expect(name).toHaveValue('Regatta')
  await expect(dialog.getByLabel('Topic (optional)')).toHaveValue('Saturday, if there is wind')
  await name.press('Enter')

  await expect(alice.tab.heading).toContainText('Regatta')
  await expect(alice.tab.heading).toContainText('Saturday, if there is wind')
  await expect(alice.tab.composer).toBeFocused()
  await bob.tab.open('Regatta')
  await expect(bob.tab.heading).toContainText('Saturday, if there is wind')
})

test('the picture is cut and seen before the group is made; the beginning offers what else there is to do, until somebody writes', async ({ people }) => {
  const [alice, bob, carol, dora] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol'), people.signUp('Dora')])
  const dialog = await begin(alice.page)
  for (const { person } of [bob, carol]) await alice.tab.choose(person)
  await dialog.getByRole('button', { name: 'Next' }).click()
  await cut(alice.page, dialog)
  await expect(dialog.getByTestId('chosen-picture')).toHaveJSProperty('naturalWidth', 200)
  await dialog.getByRole('button', { name: 'Remove picture' }).click()
  await expect(dialog.getByTestId('chosen-picture')).toHaveCount(0)
  await cut(alice.page, dialog)
  await dialog.getByLabel('Group name').fill('Choir')
  await dialog.getByRole('button', { name: 'Create group' }).click()
  await expect.poll(() => bob.tab.row('Choir').locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(200)

  const beginning = alice.page.getByRole('region', { name: 'This is the beginning of Choir' })
  await beginning.getByRole('button', { name: 'Add a topic' }).click()
  await alice.page.getByRole('dialog').getByLabel('Topic').fill('Tuesdays at eight')
  await alice.page.keyboard.press('Enter')
  await expect(alice.tab.heading).toContainText('Tuesdays at eight')
  await expect(beginning.getByRole('button', { name: 'Add a topic' })).toHaveCount(0)
  await beginning.getByRole('button', { name: 'Add people' }).click()
  await alice.tab.choose(dora.person)
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Add 1 person' }).click()
  await expect(alice.tab.heading).toContainText('4 members')
  await beginning.getByRole('button', { name: 'Invite by link' }).click()
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Make link' }).click()
  await expect(alice.page.getByRole('dialog').getByLabel('The link', { exact: true })).toContainText('#/join/')
  await alice.page.keyboard.press('Escape')

  await bob.tab.open('Choir')
  await expect(bob.page.getByRole('region', { name: 'This is the beginning of Choir' })).toBeVisible()
  await expect(bob.page.getByRole('group', { name: 'Set up' })).toHaveCount(0)
  await bob.tab.write('hello all')
  await expect(beginning).toHaveCount(0)
})

test('a picture that cannot be set leaves the group there, says so, and is tried again', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  alice.forgive(/503/)
  let refusals = 1
  await alice.page.route('**/picture', async (route) => {
    if (refusals === 0) return route.continue()
    refusals -= 1
    return route.fulfill({ status: 503, body: 'no' })
  })
  const dialog = await begin(alice.page)
  await alice.tab.choose(bob.person)
  await dialog.getByRole('button', { name: 'Make it a group' }).click()
  await dialog.getByLabel('Group name').fill('Duo')
  await cut(alice.page, dialog)
  await dialog.getByRole('button', { name: 'Create group' }).click()
  await expect(alice.tab.heading).toContainText('Duo')
  await expect(alice.page.getByText('Duo was created, but its picture could not be set.')).toBeVisible()
  await alice.page.getByRole('button', { name: 'Try again' }).click()
  await expect(alice.tab.heading.locator('img')).toBeVisible()
})

test('whoever does not let themselves be added is said in words where people are chosen, and the rest stays', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  await bob.tab.startDirect(alice.person)
  await (await bob.tab.openDetails()).getByRole('button', { name: 'Block', exact: true }).click()
  await expect(bob.page.getByText('Alice is blocked')).toBeVisible()
  alice.forgive(/403/)
  const dialog = await begin(alice.page)
  for (const { person } of [bob, carol]) await alice.tab.choose(person)
  await dialog.getByRole('button', { name: 'Next' }).click()
  await dialog.getByLabel('Group name').fill('Lunch')
  await dialog.getByRole('button', { name: 'Create group' }).click()
  await expect(dialog.getByRole('alert')).toContainText('You cannot add Bob.')
  await dialog.getByRole('button', { name: 'Remove Bob' }).click()
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Make it a group' }).click()
  await expect(dialog.getByLabel('Group name')).toHaveValue('Lunch')
  await dialog.getByRole('button', { name: 'Create group' }).click()
  await expect(alice.tab.heading).toContainText('Lunch')
})

test('a channel says what public means and who writes, and only admins do', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  const title = `Notices ${alice.person.handle}`
  await alice.page.goto('/#/new-channel')
  const dialog = alice.page.getByRole('dialog', { name: 'New conversation' })
  await expect(dialog.getByText('Everybody on this server can find, read and join it.')).toBeVisible()
  await dialog.getByLabel('Channel name').fill(title)
  await dialog.getByText('Only admins write').click()
  await dialog.getByRole('button', { name: 'Next' }).click()
  await expect(dialog.getByRole('status').filter({ hasText: 'Step 2 of 2: Add people' })).toBeVisible()
  await alice.tab.choose(bob.person)
  await dialog.getByRole('button', { name: 'Create channel' }).click()
  await expect(alice.tab.composer).toBeFocused()
  await bob.tab.row(title).click()
  await expect(bob.page.getByText('Only admins write in this channel.')).toBeVisible()
})

test('Esc asks before anything is lost, and only then', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  const { page } = alice
  const dialog = await begin(page)
  await alice.tab.choose(bob.person)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)

  await begin(page)
  for (const { person } of [bob, carol]) await alice.tab.choose(person)
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: 'Discard what you entered?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByText('2 people', { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Discard' }).click()
  await expect(dialog).toHaveCount(0)
})

test('on 320 pixels nothing of it is wider than the screen', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice', { viewport: { width: 320, height: 568 } }), people.signUp('Bob'), people.signUp('Carol')])
  const dialog = await begin(alice.page)
  for (const { person } of [bob, carol]) await alice.tab.choose(person)
  expect(await alice.tab.overflow()).toBe(0)
  await dialog.getByRole('button', { name: 'Next' }).click()
  await dialog.getByLabel('Group name').fill('W'.repeat(60))
  expect(await alice.tab.overflow()).toBe(0)
  await dialog.getByRole('button', { name: 'Create group' }).click()
  await expect(alice.page.getByRole('group', { name: 'Set up' })).toBeVisible()
  expect(await alice.tab.overflow()).toBe(0)
})

async function begin(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'New conversation' }).first().click()
  return page.getByRole('dialog', { name: 'New conversation' })
}

async function cut(page: Page, dialog: Locator): Promise<void> {
  await dialog.getByTestId('picture-file').setInputFiles({ name: 'choir.png', mimeType: 'image/png', buffer: png(300, 200) })
  const crop = page.getByRole('dialog', { name: 'Choose the part to show' })
  await crop.getByRole('button', { name: 'Use picture' }).click()
  // Until it is encoded, what lies under it takes no words.
  await expect(crop).toHaveCount(0)
}
