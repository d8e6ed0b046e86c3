// Who comes into a group or a channel: those who ask, and those who may not.

import type { Locator } from '@playwright/test'
import { expect } from '@playwright/test'
import { passes } from './axe.ts'
import type { Device } from './device.ts'
import { test } from './test.ts'

test('[C5] who decides sees at once that somebody asks, on every device; a decision takes it away everywhere, and whoever asked hears it', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  const [eve, frank] = await Promise.all([people.signUp('Eve'), people.signUp('Frank')])
  await alice.tab.createGroup('Board', [bob.person, carol.person])
  const details = await alice.tab.openDetails()
  const address = await makeLink(details, { approval: true })
  await details.getByRole('button', { name: 'Options for Bob' }).click()
  await alice.page.getByRole('menuitem', { name: 'Make admin' }).click()
  const phone = await people.signIn(alice.person)
  await phone.tab.open('Board')
  await bob.tab.open('Board')
  await carol.tab.open('Board')

  for (const device of [eve, frank]) await ask(device, address)
  for (const { tab, page } of [alice, phone, bob]) {
    await expect(page.getByRole('status').filter({ hasText: '2 people ask to join' })).toBeVisible()
    await expect(tab.heading).toContainText('2 people ask to join')
  }
  await expect(carol.tab.heading).toContainText('3 members')
  await expect(carol.page.getByText('ask to join')).toHaveCount(0)

  await inBothColours(phone, 'asking')
  await bob.page.getByRole('button', { name: 'Decide' }).click()
  const bobs = bob.page.getByRole('complementary', { name: 'Details' })
  await expect(bobs.getByRole('button', { name: 'Decline Frank' })).toBeVisible()
  await inBothColours(bob, 'requests')
  await bobs.getByRole('button', { name: 'Decline Frank' }).click()
  for (const { tab } of [alice, phone, bob]) await expect(tab.heading).toContainText('1 person asks to join')
  await expect(details.getByRole('button', { name: 'Decline Frank' })).toHaveCount(0)
  await expect(frank.page.getByText('Your request to join Board was declined.')).toBeVisible()
  // The link, which is still open, offers to ask again.
  await expect(frank.page.getByRole('dialog', { name: 'Invitation' }).getByRole('button', { name: 'Ask to join' })).toBeVisible()
  await expect(frank.tab.row('Board')).toHaveCount(0)

  await details.getByRole('button', { name: 'Let in Eve' }).click()
  for (const { page } of [alice, phone, bob]) await expect(page.getByText('asks to join')).toHaveCount(0)
  await expect(eve.page.getByText('Board: you are in')).toBeVisible()
  await expect(eve.tab.row('Board')).toBeVisible()
})

test('[C5] who decides and was away sees on return that somebody asks', async ({ people }) => {
  const [alice, bob, eve] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Eve')])
  await alice.tab.createGroup('Board', [bob.person])
  const address = await makeLink(await alice.tab.openDetails(), { approval: true })
  await alice.tab.isInstalled()
  await alice.goOffline()
  await ask(eve, address)
  await alice.goOnline()
  await expect(alice.tab.heading).toContainText('1 person asks to join')
  // Kept on the device.
  await alice.goOffline()
  await alice.page.reload()
  await expect(alice.tab.heading).toContainText('1 person asks to join')
})

test('[C5] whoever was away when they were declined reads it when they come back, until they put it away or ask again', async ({ people }) => {
  const [alice, bob, eve] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Eve')])
  await alice.tab.createGroup('Board', [bob.person])
  const details = await alice.tab.openDetails()
  const address = await makeLink(details, { approval: true })
  const decline = async () => {
    await details.getByRole('button', { name: 'Decline Eve' }).click()
    await expect(details.getByRole('button', { name: 'Decline Eve' })).toHaveCount(0)
  }
  const said = eve.page.getByText('Your request to join Board was declined.')
  await eve.tab.isInstalled()
  await ask(eve, address)
  await eve.goOffline()
  await decline()
  await eve.goOnline()
  await expect(said).toBeVisible()
  // Not read yet: the page is loaded anew, and it is there.
  await eve.page.goto('/')
  await eve.page.reload()
  await expect(said).toBeVisible()
  await inBothColours(eve, 'declined')
  const read = eve.page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.url().includes('/api/me/declined/'))
  await eve.page.getByRole('button', { name: 'Dismiss' }).click()
  expect((await read).status()).toBe(204)
  await eve.page.reload()
  await eve.tab.isOnline()
  await expect(said).toHaveCount(0)

  await ask(eve, address)
  await eve.goOffline()
  await decline()
  await eve.goOnline()
  await expect(said).toBeVisible()
  await ask(eve, address)
  await eve.page.goto('/')
  await eve.page.reload()
  await eve.tab.isOnline()
  await expect(said).toHaveCount(0)
})

test('[M5] whoever is removed and blocked is offered the channel no longer and comes in by no link, until it is allowed again', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  const name = `Harbour ${alice.person.handle}`
  await alice.page.goto('/#/new-channel')
  const making = alice.page.getByRole('dialog', { name: 'New conversation' })
  await making.getByLabel('Channel name').fill(name)
  await making.getByRole('button', { name: 'Next' }).click()
  for (const { person } of [bob, carol]) await alice.tab.choose(person)
  await making.getByRole('button', { name: 'Create channel' }).click()
  const details = await alice.tab.openDetails()
  const address = await makeLink(details, { approval: false })
  await bob.tab.open(name)

  await details.getByRole('button', { name: 'Options for Bob' }).click()
  await alice.page.getByRole('menuitem', { name: 'Remove and block from joining again' }).click()
  await expect(alice.tab.messages).toContainText('You blocked Bob from joining')
  await expect(bob.page.getByRole('heading', { name: 'This conversation is closed to you' })).toBeVisible()
  bob.forgive(/403/)
  await bob.page.getByRole('button', { name: 'Channels' }).click()
  const directory = bob.page.getByRole('dialog', { name: 'Channels' })
  await directory.getByLabel('Find channels by name').fill(name)
  await expect(directory.getByText('No channel found')).toBeVisible()
  await bob.page.goto(address)
  const invitation = bob.page.getByRole('dialog', { name: 'Invitation' })
  await expect(invitation).toContainText('You were removed here and cannot join again.')
  await expect(invitation.getByRole('button', { name: 'Join' })).toHaveCount(0)

  // A member of a channel may add others, but not him.
  carol.forgive(/403/)
  await carol.tab.open(name)
  const carols = await carol.tab.openDetails()
  await carols.getByRole('button', { name: 'Add people' }).click()
  await carol.tab.choose(bob.person)
  await carol.page.getByRole('dialog').getByRole('button', { name: 'Add 1 person' }).click()
  await expect(carol.page.getByText('Bob was removed here and cannot join again. An admin can allow it in the details.')).toBeVisible()
  await expect(carols.getByText('Blocked from joining')).toHaveCount(0)

  await expect(details.getByRole('list', { name: 'Blocked from joining' })).toContainText('Bob')
  await details.getByRole('button', { name: 'Allow again: Bob' }).click()
  await expect(details.getByText('Blocked from joining')).toHaveCount(0)
  await bob.page.goto('/')
  await bob.page.goto(address)
  await invitation.getByRole('button', { name: 'Join' }).click()
  await expect(bob.tab.heading).toContainText(name)
})

test('[M5] an admin who adds somebody who is blocked is asked to allow it again first', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  await alice.tab.createGroup('Lunch', [bob.person, carol.person])
  alice.forgive(/403/)
  const details = await alice.tab.openDetails()
  await details.getByRole('button', { name: 'Options for Bob' }).click()
  await alice.page.getByRole('menuitem', { name: 'Remove and block from joining again' }).click()
  await expect(details.getByRole('list', { name: 'Blocked from joining' })).toContainText('Bob')
  await inBothColours(alice, 'bans')

  await details.getByRole('button', { name: 'Add people' }).click()
  await alice.tab.choose(bob.person)
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Add 1 person' }).click()
  const question = alice.page.getByRole('dialog', { name: 'Allow again and add?' })
  await expect(question).toContainText('Bob')
  await question.getByRole('button', { name: 'Allow and add' }).click()
  await expect(alice.tab.heading).toContainText('3 members')
  await expect(bob.tab.row('Lunch')).toBeVisible()
  await expect(details.getByText('Blocked from joining')).toHaveCount(0)
})

test('[M5] a request is declined for good from its menu', async ({ people }) => {
  const [alice, bob, eve] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Eve')])
  await alice.tab.createGroup('Board', [bob.person])
  const details = await alice.tab.openDetails()
  const address = await makeLink(details, { approval: true })
  eve.forgive(/403/)
  await ask(eve, address)
  await details.getByRole('button', { name: 'Options for the request of Eve' }).click()
  await alice.page.getByRole('menuitem', { name: 'Decline and block from joining' }).click()
  await expect(details.getByRole('list', { name: 'Blocked from joining' })).toContainText('Eve')
  await expect(alice.tab.heading).not.toContainText('asks to join')
  await eve.page.goto('/')
  await eve.page.goto(address)
  await expect(eve.page.getByRole('dialog', { name: 'Invitation' })).toContainText('cannot join again')
})

async function inBothColours({ page }: Device, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await passes(page, `${screen}, ${colorScheme}`)
  }
}

async function ask({ page }: Device, address: string): Promise<void> {
  await page.goto(address)
  const invitation = page.getByRole('dialog', { name: 'Invitation' })
  await invitation.getByRole('button', { name: 'Ask to join' }).click()
  await expect(invitation).toContainText('You have asked to join.')
}

async function makeLink(details: Locator, { approval }: { approval: boolean }): Promise<string> {
  await details.getByRole('button', { name: 'Invite by link' }).click()
  if (approval) await details.getByRole('switch', { name: 'An admin lets each one in' }).check()
  await details.getByRole('button', { name: 'Make link' }).click()
  return await details.getByLabel('The link', { exact: true }).innerText()
}
