import { expect } from '@playwright/test'
import { Desktop } from './desktop.ts'
import type { Device } from './device.ts'
import { test } from './test.ts'

/** Alice on her list with notifications switched on, and two who have written to her. */
async function called(people: { signUp: (name: string) => Promise<Device> }) {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  for (const device of [bob, carol]) {
    await device.tab.startDirect(alice.person)
    await device.tab.write('hello')
  }
  await expect(alice.tab.row(/Bob|Carol/)).toHaveCount(2)
  const desktop = await Desktop.around(alice)
  expect(await desktop.asked()).toBe(0)
  const settings = await alice.tab.openSettings('Notifications')
  await settings.getByRole('switch', { name: 'Show notifications on this device' }).check()
  await expect(settings.getByRole('switch', { name: 'Show notifications on this device' })).toBeChecked()
  expect(await desktop.asked()).toBe(1)
  await alice.page.keyboard.press('Escape')
  return { alice, bob, carol, desktop }
}

test('who looks elsewhere is called by title, author and text; a press opens the conversation', async ({ people }) => {
  const { alice, bob, carol, desktop } = await called(people)
  await bob.tab.write('are you there?')
  await expect.poll(() => desktop.shown()).toEqual([{ title: 'Bob', body: 'are you there?' }])
  await desktop.pressLast()
  await expect(alice.tab.heading).toContainText('Bob')
  await expect(alice.tab.texts).toHaveText(['hello', 'are you there?'])

  await bob.tab.createGroup('Lunch', [alice.person, carol.person])
  await bob.tab.write('who is in?')
  await expect.poll(async () => (await desktop.shown()).at(-1)).toEqual({ title: 'Lunch', body: 'Bob: who is in?' })
})

test('a window behind others calls for the conversation it shows, and counts it in its title, until it is in front again', async ({ people }) => {
  const { alice, bob, desktop } = await called(people)
  await alice.tab.open('Bob')
  await expect(alice.page).toHaveTitle('(1) Bob · Parley')
  await desktop.cover()
  await bob.tab.write('still there?')
  await expect.poll(() => desktop.shown()).toEqual([{ title: 'Bob', body: 'still there?' }])
  await expect(alice.page).toHaveTitle('(2) Bob · Parley')
  await bob.tab.hasMark('still there?', 'delivered')
  await desktop.uncover()
  await bob.tab.hasMark('still there?', 'read')
  await expect(alice.page).toHaveTitle('(1) Bob · Parley')
})

test('nothing is said of the conversation on screen, of one’s own messages and of muted conversations', async ({ people }) => {
  const { alice, bob, carol, desktop } = await called(people)
  await alice.tab.open('Bob')
  await bob.tab.write('you see this')
  await expect(alice.tab.entry('you see this')).toBeVisible()
  await alice.tab.write('I do')

  await alice.page.getByRole('button', { name: 'Conversation options' }).last().click()
  await expect(alice.page.getByRole('menuitem', { name: /^Mute/ })).toHaveText(['Mute for an hour', 'Mute for a day', 'Mute always'])
  await alice.page.getByRole('menuitem', { name: 'Mute for an hour' }).click()
  await alice.page.getByRole('link', { name: 'Parley' }).click()
  await bob.tab.write('nobody hears this')
  await expect(alice.tab.row('Bob')).toContainText('nobody hears this')
  await carol.tab.write('but this')
  await expect.poll(() => desktop.shown()).toEqual([{ title: 'Carol', body: 'but this' }])

  await alice.tab.open('Bob')
  const details = await alice.tab.openDetails()
  await expect(details.getByText('Muted', { exact: true })).toBeVisible()
  await details.getByRole('button', { name: 'Mute or unmute' }).click()
  await alice.page.getByRole('menuitem', { name: 'Unmute' }).click()
  await expect(details.getByText('Notifies you')).toBeVisible()
})

test('quiet hours are quiet; text can be left out; a sound is made only where it was wanted', async ({ people }) => {
  const { alice, bob, carol, desktop } = await called(people)
  const settings = await alice.tab.openSettings('Notifications')
  await settings.getByRole('switch', { name: 'Show message text in notifications' }).uncheck()
  await settings.getByRole('switch', { name: 'Quiet hours' }).check()
  const now = await alice.page.evaluate(() => new Date().getHours())
  const hour = (shift: number) => `${String((now + shift + 24) % 24).padStart(2, '0')}:00`
  await settings.getByLabel('From').fill(hour(-1))
  await settings.getByLabel('To', { exact: true }).fill(hour(2))
  await bob.tab.write('in the night')
  await expect(alice.tab.row('Bob')).toContainText('in the night')

  await alice.page.reload()
  await alice.tab.isOnline()
  await expect(settings.getByLabel('From')).toHaveValue(hour(-1))
  await settings.getByRole('switch', { name: 'Quiet hours' }).uncheck()
  expect(await desktop.sounds()).toBe(0)
  await settings.getByRole('switch', { name: 'Sounds' }).check()
  await expect.poll(() => desktop.sounds()).toBe(1)
  await carol.tab.write('in the morning')
  await expect.poll(() => desktop.shown()).toEqual([{ title: 'Carol', body: 'New message' }])
  expect(await desktop.sounds()).toBe(2)
})

test('the title and the badge count conversations with something unread, and go at zero', async ({ people }) => {
  const { alice, desktop } = await called(people)
  await expect(alice.page).toHaveTitle('(2) Parley')
  await expect.poll(() => desktop.badge()).toBe(2)
  await alice.tab.open('Bob')
  await expect(alice.page).toHaveTitle('(1) Bob · Parley')
  await expect.poll(() => desktop.badge()).toBe(1)
  await alice.tab.open('Carol')
  await expect(alice.page).toHaveTitle('Carol · Parley')
  await expect.poll(() => desktop.badge()).toBe(0)
})
