import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { test } from './test.ts'

test('a channel is made, found by somebody else, looked into, joined and left', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  // The server is shared by all tests: its name is nobody else's.
  const name = `Harbour ${alice.person.handle}`
  await alice.page.getByRole('button', { name: 'New conversation' }).first().click()
  const making = alice.page.getByRole('dialog', { name: 'New conversation' })
  await making.getByText('Channel', { exact: true }).click()
  await making.getByRole('button', { name: 'Create channel' }).click()
  await expect(making.getByText('Give the channel a name.')).toBeVisible()
  await making.getByLabel('Channel name').fill(name)
  await making.getByRole('button', { name: 'Create channel' }).click()
  await expect(alice.tab.heading).toContainText(name)
  await alice.tab.write('the ferry is late')

  const directory = await browse(bob.page, name)
  await directory.getByRole('button', { name }).click()
  const preview = bob.page.getByRole('dialog', { name })
  await expect(preview.getByRole('list', { name: 'Messages' })).toContainText('the ferry is late')
  await expect(bob.tab.row(name)).toHaveCount(0)
  await preview.getByRole('button', { name: 'Join' }).click()
  await expect(bob.tab.heading).toContainText('2 members')
  await expect(bob.tab.texts).toHaveText(['the ferry is late'])
  await bob.tab.write('thanks')
  await expect(alice.tab.entry('thanks')).toBeVisible()
  await expect(alice.tab.heading).toContainText('2 members')

  const details = await bob.tab.openDetails()
  await details.getByRole('button', { name: 'Leave channel' }).click()
  await bob.page.getByRole('dialog').getByRole('button', { name: 'Leave channel' }).click()
  await expect(bob.tab.row(name)).toHaveCount(0)
  await expect((await browse(bob.page, name)).getByRole('button', { name })).toContainText('1 member')
})

test('one’s own channel opens from the directory, and a search without a match says what to do', async ({ people }) => {
  const alice = await people.signUp('Alice')
  const name = `Pier ${alice.person.handle}`
  await alice.page.getByRole('button', { name: 'Channels' }).click()
  await alice.page.getByRole('dialog', { name: 'Channels' }).getByRole('button', { name: 'New channel' }).click()
  const making = alice.page.getByRole('dialog', { name: 'New conversation' })
  await expect(making.getByLabel('Channel name')).toBeFocused()
  await making.getByLabel('Channel name').fill(name)
  await alice.page.keyboard.press('Enter')
  await expect(alice.tab.heading).toContainText(name)
  await alice.page.goto('#/')

  const directory = await browse(alice.page, name)
  await directory.getByRole('button', { name }).click()
  await expect(alice.tab.heading).toContainText(name)

  await (await browse(alice.page, 'zzzz')).getByText('No channel found for “zzzz”').waitFor()
})

test('where writing is left to admins, a line in words stands in place of the composer, at once and both ways', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  const carol = await people.signUp('Carol')
  await alice.tab.createGroup('Notices', [bob.person, carol.person])
  await bob.tab.open('Notices')
  await expect(bob.tab.composer).toBeVisible()
  const bobs = await bob.tab.openDetails()
  await expect(bobs.getByRole('definition').first()).toHaveText('Everybody')

  const details = await alice.tab.openDetails()
  await details.getByRole('switch', { name: 'Write messages' }).uncheck()
  await expect(bob.page.getByText('Only admins write in this group.')).toBeVisible()
  await expect(bob.tab.composer).toHaveCount(0)
  await expect(bobs.getByRole('definition').first()).toHaveText('Admins only')
  await expect(alice.tab.composer).toBeVisible()

  await details.getByRole('switch', { name: 'Write messages' }).check()
  await expect(bob.tab.composer).toBeVisible()
})

test('what somebody wrote offline who was removed meanwhile is said in words, can be copied and discarded', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  await alice.tab.createGroup('Lunch', [bob.person, carol.person])
  await bob.tab.open('Lunch')
  await bob.tab.isInstalled()
  await bob.goOffline()
  await bob.tab.write('too late')
  const details = await alice.tab.openDetails()
  await details.getByRole('button', { name: 'Options for Bob' }).click()
  await alice.page.getByRole('menuitem', { name: 'Remove from group' }).click()
  await expect(alice.tab.heading).toContainText('2 members')

  await bob.goOnline()
  await expect(bob.page.getByRole('heading', { name: 'This conversation is closed to you' })).toBeVisible()
  const entry = bob.tab.entry('too late')
  await expect(entry).toContainText('Not sent. You are not a member of this conversation.')
  await bob.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await entry.getByRole('button', { name: 'Copy text' }).click()
  expect(await bob.page.evaluate(() => navigator.clipboard.readText())).toBe('too late')
  await entry.getByRole('button', { name: 'Discard' }).click()
  await expect(bob.page.getByText('too late')).toHaveCount(0)
})

async function browse(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Channels' }).click()
  const directory = page.getByRole('dialog', { name: 'Channels' })
  await directory.getByLabel('Find channels by name').fill(name)
  return directory
}
