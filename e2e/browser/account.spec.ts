import { expect } from '@playwright/test'
import { test } from './test.ts'

const NEW_PASSWORD = 'the dog of the house barks'
const REFUSED = /status of 4\d\d/

test('a person signs up, out and in again', async ({ people }) => {
  const alice = await people.signUp('Alice')
  await expect(alice.page.getByRole('heading', { name: 'Welcome, Alice' })).toBeVisible()
  const settings = await alice.tab.openSettings()
  await expect(settings).toContainText(`@${alice.person.handle}`)
  await settings.getByRole('button', { name: 'Sign out' }).click()
  await alice.tab.isSignedOut()
  await alice.page.reload()
  await alice.tab.isSignedOut()
  await alice.signIn()
  await expect(alice.page.getByRole('heading', { name: 'Welcome, Alice' })).toBeVisible()
})

test('a wrong password and an unknown name are answered with the same words', async ({ people }) => {
  const alice = await people.signUp('Alice')
  const [known, unknown] = await Promise.all([people.device(alice.person), people.device(people.invent('Nobody'))])
  for (const device of [known, unknown]) {
    device.forgive(REFUSED)
    await device.trySignIn('not the password')
  }
  const words = await known.page.getByRole('alert').textContent()
  expect(words).toContain('password')
  await expect(unknown.page.getByRole('alert')).toHaveText(words ?? '')
  await known.signIn()
})

test('a taken username is refused in words and what was typed stays', async ({ people }) => {
  const alice = await people.signUp('Alice')
  const other = await people.device({ ...alice.person, name: 'Another Alice' })
  other.forgive(REFUSED)
  await other.page.getByRole('button', { name: 'Create account' }).click()
  await other.page.getByLabel('Username').fill(alice.person.handle)
  await other.page.getByLabel('Your name').fill('Another Alice')
  await other.page.getByLabel('Password', { exact: true }).fill(alice.person.password)
  await other.page.getByRole('button', { name: 'Create account' }).click()
  await expect(other.page.getByRole('alert')).toContainText('Somebody has this username already')
  await expect(other.page.getByLabel('Your name')).toHaveValue('Another Alice')
})

test('mistakes are said at the field before anything is sent', async ({ people }) => {
  const device = await people.device(people.invent('Alice'))
  await device.page.getByRole('button', { name: 'Create account' }).click()
  await device.page.getByLabel('Username').fill('no spaces!')
  await device.page.getByLabel('Password', { exact: true }).fill('short')
  await device.page.getByRole('button', { name: 'Create account' }).click()
  await expect(device.page.getByLabel('Username')).toBeFocused()
  await expect(device.page.getByLabel('Username')).toHaveAccessibleDescription(/lower-case letters/)
  await expect(device.page.getByLabel('Your name')).toHaveAccessibleDescription(/Enter the name/)
  await expect(device.page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(/at least 8/)
})

test('changing the password signs out the other devices at once', async ({ people }) => {
  const laptop = await people.signUp('Alice')
  const phone = await people.signIn(laptop.person)
  await phone.tab.isOnline()
  phone.forgive(REFUSED)
  const settings = await laptop.tab.openSettings()
  await settings.getByRole('button', { name: 'Change password' }).click()
  await settings.getByLabel('Current password').fill(laptop.person.password)
  await settings.getByLabel('New password').fill(NEW_PASSWORD)
  await settings.getByRole('button', { name: 'Change password' }).click()
  await expect(laptop.page.getByText('Password changed')).toBeVisible()
  await phone.tab.isSignedOut()
  await expect(phone.page.getByRole('status').filter({ hasText: 'ended' })).toBeVisible()

  await phone.trySignIn(laptop.person.password)
  await expect(phone.page.getByRole('alert')).toBeVisible()
  await phone.trySignIn(NEW_PASSWORD)
  await phone.tab.isSignedIn()
})

test('a session ended from the list signs that device out at once', async ({ people }) => {
  const laptop = await people.signUp('Alice')
  const phone = await people.signIn(laptop.person)
  await phone.tab.isOnline()
  phone.forgive(REFUSED)
  const settings = await laptop.tab.openSettings('Devices')
  await expect(settings.getByText('This device', { exact: true })).toBeVisible()
  await settings.getByRole('button', { name: /^End the session on/ }).click()
  await phone.tab.isSignedOut()
  await expect(settings.getByRole('button', { name: /^End the session on/ })).toHaveCount(0)
  await phone.page.reload()
  await phone.tab.isSignedOut()
  await laptop.tab.isOnline()
})
