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

async function browse(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Channels' }).click()
  const directory = page.getByRole('dialog', { name: 'Channels' })
  await directory.getByLabel('Find channels by name').fill(name)
  return directory
}
