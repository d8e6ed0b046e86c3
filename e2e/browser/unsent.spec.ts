// What a person sets without a network: shown on their device at once, there after a reload, and done when they are back.

import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import type { Device } from './device.ts'
import type { People } from './people.ts'
import { png } from './png.ts'
import { test } from './test.ts'

const WAITS = 'Saved on this device. It will be sent when there is a connection.'

const follow = (page: Page, pressed: boolean): Locator => page.getByRole('complementary', { name: 'Thread', exact: true }).getByRole('button', { name: 'Follow this thread', pressed })

test('[E10] name, status, picture, privacy, a block and a followed thread, all without a network and over a reload, reach the others', async ({ people }) => {
  const { alice, bob, carol } = await group(people)
  await bob.tab.action('where do we eat?', 'Reply in thread')
  await reply(bob.page, 'at Luigi’s')
  await alice.tab.entry('where do we eat?').getByTestId('thread-chip').click()
  await expect(follow(alice.page, false)).toBeVisible()
  await alice.tab.isInstalled()
  await alice.goOffline()
  await expect(alice.page.getByTestId('connection')).toHaveAttribute('data-state', 'offline')

  await follow(alice.page, false).click()
  await expect(alice.page.getByText(/^You will be told of new replies in this thread\. It will be sent/)).toBeVisible()
  const settings = await alice.tab.openSettings()
  await settings.getByLabel('Your name').fill('Alicia')
  await settings.getByRole('button', { name: 'Save name' }).click()
  await expect(alice.page.getByText('Name changed. It will be sent when there is a connection.')).toBeVisible()
  await settings.getByLabel('What others should know').fill('on a train')
  await settings.getByRole('button', { name: 'Set status' }).click()
  await settings.getByTestId('picture-file').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: png(120, 120) })
  await alice.page.getByRole('dialog', { name: 'Choose the part to show' }).getByRole('button', { name: 'Use picture' }).click()
  await expect(settings.getByText(WAITS)).toHaveCount(3)
  await settings.getByRole('button', { name: 'Privacy', exact: true }).click()
  await settings.getByRole('switch', { name: 'Private receipts' }).check()
  await expect(settings.getByText(WAITS)).toHaveCount(1)
  await alice.page.keyboard.press('Escape')
  const card = await alice.tab.openCardOf('pizza?')
  await card.getByRole('button', { name: 'Block' }).click()
  await expect(card.getByText(WAITS)).toBeVisible()
  await alice.page.keyboard.press('Escape')

  await alice.page.reload()
  await alice.tab.entry('where do we eat?').getByTestId('thread-chip').click()
  await expect(follow(alice.page, true)).toBeVisible()
  await expect(alice.tab.messages).toContainText('Message of a blocked person.')
  const again = await alice.tab.openSettings()
  await expect(again.locator('.settings__self')).toContainText('Alicia')
  for (const image of [again.locator('.settings__self img'), again.locator('.settings__account img')]) await expect.poll(() => image.evaluate((drawn: HTMLImageElement) => drawn.naturalWidth)).toBe(120)
  await expect(again.getByText('on a train')).toBeVisible()
  await expect(again.getByText(WAITS)).toHaveCount(3)
  await again.getByRole('button', { name: 'Privacy', exact: true }).click()
  await expect(again.getByRole('switch', { name: 'Private receipts' })).toBeChecked()
  await expect(again.getByRole('button', { name: 'Unblock Carol' })).toBeVisible()

  // Meanwhile there is something new in the thread that she began to follow.
  await reply(bob.page, 'or at my place')
  await alice.goOnline()
  await expect(again.getByText(WAITS)).toHaveCount(0)
  await bob.tab.open('Alicia')
  await expect(bob.tab.heading).toContainText('Alicia')
  await expect.poll(() => bob.tab.heading.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(120)
  await expect(await bob.tab.openDetails()).toContainText('on a train')
  await carol.tab.open('Alicia')
  await carol.tab.write('please')
  await carol.tab.hasMark('please', 'refused')
  const phone = await people.signIn(alice.person)
  await phone.tab.isOnline()
  await expect(phone.tab.row('Lunch')).toContainText('1 thread with new replies')
  await (await phone.tab.openSettings('Privacy')).getByRole('button', { name: 'Unblock Carol' }).click()
  await expect(again.getByText('You have not blocked anyone.')).toBeVisible()
})

test('[U9] [E10] a report without a network is kept, and reaches the administrators', async ({ people }) => {
  const { alice } = await group(people)
  await alice.tab.isInstalled()
  await alice.goOffline()
  await expect(alice.page.getByTestId('connection')).toHaveAttribute('data-state', 'offline')
  await alice.tab.action('pizza?', 'Report')
  const form = alice.page.getByRole('dialog', { name: 'Report Carol' })
  await form.getByRole('radio', { name: 'Spam' }).check()
  await form.getByRole('switch', { name: 'Block Carol as well' }).check()
  await form.getByRole('button', { name: 'Send report' }).click()
  await expect(alice.page.getByText('Report saved on this device. It will be sent when there is a connection.')).toBeVisible()
  await expect(alice.tab.messages).toContainText('Message of a blocked person.')
  await alice.page.reload()
  await expect(alice.tab.messages).toContainText('Message of a blocked person.')
  // Nothing of it is lost by signing out without being asked.
  const settings = await alice.tab.openSettings()
  await settings.getByRole('button', { name: 'Sign out' }).click()
  const warning = alice.page.getByRole('dialog', { name: 'Some changes were not sent' })
  await warning.getByRole('button', { name: 'Cancel' }).click()
  const sent = alice.page.waitForResponse((answer) => answer.url().endsWith('/api/reports'))
  await alice.goOnline()
  expect((await sent).status()).toBe(201)
  await settings.getByRole('button', { name: 'Privacy', exact: true }).click()
  await expect(settings.getByRole('button', { name: 'Unblock Carol' })).toBeVisible()
  await expect(settings.getByText(WAITS)).toHaveCount(0)
})

test('[E10] what the server would not have is told in words, until it is answered, and once', async ({ people }) => {
  const { alice, carol } = await group(people)
  alice.forgive(/the server responded with a status of 404/)
  await alice.tab.isInstalled()
  await alice.goOffline()
  await expect(alice.page.getByTestId('connection')).toHaveAttribute('data-state', 'offline')
  await alice.tab.action('pizza?', 'Report')
  const form = alice.page.getByRole('dialog', { name: 'Report Carol' })
  await form.getByRole('radio', { name: 'Spam' }).check()
  await form.getByRole('button', { name: 'Send report' }).click()
  await expect(alice.page.getByText(/^Report saved on this device/)).toBeVisible()
  // What she wanted to show is gone before it could be shown.
  await carol.tab.action('pizza?', 'Delete…')
  await carol.page.getByRole('button', { name: 'Delete for everyone' }).click()
  await expect(carol.tab.entry('pizza?')).toHaveCount(0)
  await alice.goOnline()
  const told = alice.page.getByText(/^Your report about .*Carol.* was not sent\. .*Attach messages that this person wrote/)
  await expect(told).toBeVisible()
  await alice.page.getByRole('button', { name: 'Dismiss' }).last().click()
  await expect(told).toHaveCount(0)
  await alice.page.reload()
  await alice.tab.isOnline()
  await expect(alice.tab.entry('where do we eat?')).toBeVisible()
  await expect(told).toHaveCount(0)
})

/** Alice, Bob and Carol in a group in which Bob and Carol have spoken; each of the two has a direct conversation with Alice. */
async function group(people: People): Promise<{ alice: Device; bob: Device; carol: Device }> {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  for (const device of [bob, carol]) {
    await device.tab.startDirect(alice.person)
    await device.tab.write('hello')
    await device.page.getByRole('link', { name: 'Parley' }).click()
  }
  await bob.tab.createGroup('Lunch', [alice.person, carol.person])
  await bob.tab.write('where do we eat?')
  await carol.tab.open('Lunch')
  await carol.tab.write('pizza?')
  await alice.tab.open('Lunch')
  await expect(alice.tab.texts).toHaveText(['where do we eat?', 'pizza?'])
  return { alice, bob, carol }
}

async function reply(page: Page, text: string): Promise<void> {
  const thread = page.getByRole('complementary', { name: 'Thread', exact: true })
  await thread.getByRole('textbox', { name: 'Reply in thread' }).fill(text)
  await thread.getByRole('textbox', { name: 'Reply in thread' }).press('Enter')
  await expect(thread.locator('.text').last()).toHaveText(text)
}
