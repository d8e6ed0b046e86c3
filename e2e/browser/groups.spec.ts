import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { z } from 'zod'
import { png } from './png.ts'
import { test } from './test.ts'

test('a channel is made, found by somebody else, looked into, joined and left', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  // The server is shared by all tests: its name is nobody else's.
  const name = `Harbour ${alice.person.handle}`
  await alice.page.getByRole('button', { name: 'New conversation' }).first().click()
  const making = alice.page.getByRole('dialog', { name: 'New conversation' })
  await making.getByText('Channel', { exact: true }).click()
  await making.getByRole('button', { name: 'Next' }).click()
  await expect(making.getByText('Give the channel a name.')).toBeVisible()
  await making.getByLabel('Channel name').fill(name)
  await making.getByRole('button', { name: 'Next' }).click()
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
  await expect(bobs.getByRole('definition').first()).toHaveText('Everyone')

  const details = await alice.tab.openDetails()
  await details.getByRole('switch', { name: 'Write messages' }).uncheck()
  await expect(bob.page.getByText('Only admins write in this group.')).toBeVisible()
  await expect(bob.tab.composer).toHaveCount(0)
  await expect(bobs.getByRole('definition').first()).toHaveText('Admins only')
  await expect(alice.tab.composer).toBeVisible()

  await details.getByRole('switch', { name: 'Write messages' }).check()
  await expect(bob.tab.composer).toBeVisible()
})

test('[C4] a link lets in whoever opens it, also somebody who makes an account first, until it is revoked', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.createGroup('Regatta', [bob.person, (await people.signUp('Carol')).person])
  const details = await alice.tab.openDetails()
  const address = await makeLink(details, { approval: false })

  const eve = await people.device(people.invent('Eve'))
  await eve.page.goto(address)
  await expect(eve.page.getByText('You have an invitation.')).toBeVisible()
  await eve.signUp()
  const invitation = eve.page.getByRole('dialog', { name: 'Invitation' })
  await expect(invitation).toContainText('Regatta')
  await expect(invitation).toContainText('3 members')
  await invitation.getByRole('button', { name: 'Join' }).click()
  await expect(eve.tab.heading).toContainText('Regatta')
  await eve.tab.write('hello from the link')
  await expect(alice.tab.entry('hello from the link')).toBeVisible()

  await details.getByRole('button', { name: /^Revoke the link/ }).click()
  await expect(details.getByText('Revoked', { exact: true })).toBeVisible()
  const frank = await people.signUp('Frank')
  frank.forgive(/404/)
  await frank.page.goto(address)
  await expect(frank.page.getByRole('dialog', { name: 'Invitation' })).toContainText('This link does not lead anywhere (any more). Ask for a new one.')
})

test('[C5] a link with approval asks; who may add people declines or lets in', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  const [eve, frank] = await Promise.all([people.signUp('Eve'), people.signUp('Frank')])
  await alice.tab.createGroup('Board', [bob.person, carol.person])
  const address = await makeLink(await alice.tab.openDetails(), { approval: true })
  for (const { page } of [eve, frank]) {
    await page.goto(address)
    const invitation = page.getByRole('dialog', { name: 'Invitation' })
    await invitation.getByRole('button', { name: 'Ask to join' }).click()
    await expect(invitation).toContainText('You have asked to join.')
    await invitation.getByRole('button', { name: 'Close' }).last().click()
  }
  const details = alice.page.getByRole('complementary', { name: 'Details' })
  await details.getByRole('button', { name: 'Decline Frank' }).click()
  await details.getByRole('button', { name: 'Let in Eve' }).click()
  await expect(details.getByText('Asking to join')).toHaveCount(0)
  await expect(eve.tab.row('Board')).toBeVisible()
  await expect(frank.tab.row('Board')).toHaveCount(0)

  await bob.tab.open('Board')
  const bobs = await bob.tab.openDetails()
  await expect(bobs.getByRole('heading', { name: 'What members may do' })).toBeVisible()
  await expect(bobs.getByText('Invite links')).toHaveCount(0)
})

test('topic and picture of a group are set in its details and seen by everybody at once', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  await alice.tab.createGroup('Choir', [bob.person, carol.person])
  await bob.tab.open('Choir')
  const details = await alice.tab.openDetails()
  await details.getByRole('button', { name: 'Add a topic' }).click()
  await details.getByRole('textbox', { name: 'Topic' }).fill('Tuesdays at eight, in the old mill')
  await details.getByRole('button', { name: 'Save' }).click()
  await expect(bob.tab.heading).toContainText('Tuesdays at eight, in the old mill')
  await expect(bob.tab.messages).toContainText('Alice set the topic: Tuesdays at eight, in the old mill')

  await details.getByTestId('picture-file').setInputFiles({ name: 'choir.png', mimeType: 'image/png', buffer: png(300, 200) })
  await alice.page.getByRole('dialog', { name: 'Choose the part to show' }).getByRole('button', { name: 'Use picture' }).click()
  await expect(bob.tab.messages).toContainText('Alice changed the picture')
  for (const place of [bob.tab.heading, bob.tab.row('Choir')]) {
    await expect.poll(() => place.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(200)
  }
  const bobs = await bob.tab.openDetails()
  await expect(bobs.getByText('Tuesdays at eight, in the old mill')).toBeVisible()
  await expect(bobs.getByRole('button', { name: /topic|picture/i })).toHaveCount(0)

  await details.getByRole('button', { name: 'Remove picture' }).click()
  await expect(bob.tab.heading.locator('img')).toHaveCount(0)
})

test('what is archived leaves the list on every device, is found in the archive, and comes back with a new message unless it is muted', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('see you')
  const laptop = await people.signIn(alice.person)
  await expect(laptop.tab.row('Bob')).toBeVisible()

  await archive(alice.page)
  await expect(alice.tab.row('Bob')).toHaveCount(0)
  await expect(laptop.tab.row('Bob')).toHaveCount(0)
  await alice.page.getByRole('button', { name: 'Undo' }).click()
  await expect(alice.tab.row('Bob')).toBeVisible()

  await archive(alice.page)
  await alice.page.getByRole('button', { name: 'Archived 1' }).click()
  await expect(alice.tab.row('Bob')).toBeVisible()
  await alice.page.getByRole('button', { name: 'Back to all conversations' }).click()
  await expect(alice.tab.row('Bob')).toHaveCount(0)

  await bob.tab.open('Alice')
  await bob.tab.write('one more thing')
  await expect(laptop.tab.row('Bob')).toContainText('one more thing')

  // Muting it now does not put it back into the archive.
  await optionsOf(alice.page, 'Mute always')
  await expect(alice.tab.row('Bob')).toBeVisible()
  await archive(alice.page)
  await expect(laptop.tab.row('Bob')).toHaveCount(0)
  await bob.tab.write('and another')
  await laptop.page.getByRole('button', { name: 'Archived 1' }).click()
  await expect(laptop.tab.row('Bob')).toContainText('and another')
})

test('in another language a refused message says which case it is', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('hallo')
  await bob.tab.open('Alice')
  const settings = await alice.tab.openSettings('Language')
  await settings.getByLabel('Language').selectOption('de')
  await alice.page.keyboard.press('Escape')
  const details = await bob.tab.openDetails()
  await details.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(bob.page.getByText('Alice is blocked')).toBeVisible()
  const composer = alice.page.getByRole('main').getByRole('textbox')
  await composer.fill('bist du da?')
  await composer.press('Enter')
  await expect(alice.page.getByRole('article').filter({ hasText: 'bist du da?' })).toContainText('Diese Person nimmt keine Nachrichten von dir an.')
})

async function makeLink(details: Locator, { approval }: { approval: boolean }): Promise<string> {
  await details.getByRole('button', { name: 'Invite by link' }).click()
  await details.getByLabel('How many may use it').selectOption('100')
  if (approval) await details.getByRole('switch', { name: 'An admin lets each one in' }).check()
  await details.getByRole('button', { name: 'Make link' }).click()
  const address = await details.getByLabel('The link', { exact: true }).textContent()
  return z.string().parse(address)
}

async function archive(page: Page): Promise<void> {
  await optionsOf(page, 'Archive')
}

/** Of the open conversation. */
async function optionsOf(page: Page, item: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Conversation options' }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

async function browse(page: Page, name: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Channels' }).click()
  const directory = page.getByRole('dialog', { name: 'Channels' })
  await directory.getByLabel('Find channels by name').fill(name)
  return directory
}
