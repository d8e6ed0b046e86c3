import { expect } from '@playwright/test'
import { ServerProcess } from '../crash/serverProcess.ts'
import { Desktop } from './desktop.ts'
import type { Device } from './device.ts'
import { People } from './people.ts'
import { png } from './png.ts'
import { test } from './test.ts'

test('[U1] [U2] [U3] a picture, a status and do not disturb are seen by the other at once', async ({ people }) => {
  const { alice, bob } = await pair(people)
  const header = alice.tab.heading
  await expect(header).toContainText('Online')

  const settings = await bob.tab.openSettings()
  await settings.getByTestId('picture-file').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: png(600, 300) })
  const crop = bob.page.getByRole('dialog', { name: 'Choose the part to show' })
  await crop.getByRole('img').press('ArrowLeft')
  await crop.getByRole('button', { name: 'Use picture' }).click()
  await expect(bob.page.getByText('Picture changed')).toBeVisible()
  const picture = header.locator('img')
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([300, 300])

  await settings.getByLabel('What others should know').fill('at the dentist')
  await settings.getByLabel('Clear after').selectOption('1 hour')
  await settings.getByRole('button', { name: 'Set status' }).click()
  await expect(settings.getByText(/^until /)).toBeVisible()
  await settings.getByRole('button', { name: 'For 1 hour' }).click()
  await expect(header).toContainText('Do not disturb')
  const details = await alice.tab.openDetails()
  await expect(details).toContainText('at the dentist')
  await expect(details.getByText(/^until /)).toBeVisible()

  await settings.getByRole('button', { name: 'Turn off' }).click()
  await expect(header).toContainText('Online')
  await settings.getByRole('button', { name: 'Clear status' }).click()
  await expect(details).not.toContainText('at the dentist')
  await settings.getByLabel('Your name').fill('Robert')
  await settings.getByRole('button', { name: 'Save name' }).click()
  await expect(header).toContainText('Robert')
  await settings.getByRole('button', { name: 'Remove picture' }).click()
  await expect(picture).toHaveCount(0)
})

test('[U1] a status that has ended is gone without anybody doing anything', async ({ people }) => {
  const { alice, bob } = await pair(people)
  const settings = await bob.tab.openSettings()
  await settings.getByLabel('What others should know').fill('at lunch')
  await settings.getByLabel('Clear after').selectOption('30 minutes')
  await settings.getByRole('button', { name: 'Set status' }).click()
  const details = await alice.tab.openDetails()
  await expect(details).toContainText('at lunch')
  await alice.page.clock.setSystemTime(Date.now() + 31 * 60_000)
  await expect(details).not.toContainText('at lunch')
})

test('do not disturb silences the own device, and the first message after it is told again', async ({ people }) => {
  const { alice, bob } = await pair(people)
  const desktop = await Desktop.around(alice)
  await alice.page.getByRole('link', { name: 'Parley' }).click()
  const settings = await alice.tab.openSettings('Notifications')
  await settings.getByRole('switch', { name: 'Show notifications on this device' }).check()
  await settings.getByRole('button', { name: 'Account', exact: true }).click()
  await settings.getByRole('button', { name: 'Until I turn it off' }).click()
  await expect(settings.getByText('On until you turn it off')).toBeVisible()
  await bob.tab.write('are you there?')
  await expect(alice.tab.row('Bob')).toContainText('are you there?')
  await settings.getByRole('button', { name: 'Turn off' }).click()
  await expect(settings.getByRole('button', { name: 'Until I turn it off' })).toBeVisible()
  await bob.tab.write('and now?')
  await expect.poll(() => desktop.shown()).toEqual([{ title: 'Bob', body: 'and now?' }])
})

test('[U4] whom somebody blocks cannot write to them, and is folded in common groups', async ({ people }) => {
  const { alice, bob } = await pair(people)
  const details = await alice.tab.openDetails()
  await details.getByRole('button', { name: 'Block' }).click()
  await expect(alice.page.getByText('You block Bob, so neither of you can write here.')).toBeVisible()
  await expect(alice.tab.composer).toHaveCount(0)
  await bob.tab.write('please')
  await bob.tab.hasMark('please', 'refused')

  await alice.page.getByRole('link', { name: 'Parley' }).click()
  await alice.tab.open('Lunch')
  await bob.tab.open('Lunch')
  await bob.tab.write('hear me')
  const folded = alice.tab.messages.getByRole('article').filter({ hasText: 'Message of a blocked person.' })
  await expect(folded).toHaveCount(2)
  await expect(alice.tab.entry('hear me')).toHaveCount(0)
  await expect(alice.tab.row('Lunch')).toContainText('Message of a blocked person.')
  await folded.last().getByRole('button', { name: 'Show' }).click()
  await expect(alice.tab.entry('hear me')).toBeVisible()

  const settings = await alice.tab.openSettings('Privacy')
  await settings.getByRole('button', { name: 'Unblock Bob' }).click()
  await expect(settings.getByText('You block nobody.')).toBeVisible()
  await alice.page.keyboard.press('Escape')
  await expect(folded).toHaveCount(0)
  const card = await alice.tab.openCardOf('hear me')
  await card.getByRole('button', { name: 'Message' }).click()
  await expect(alice.tab.heading).toContainText('Bob')
  await alice.tab.write('let us talk')
  await bob.tab.open('Alice')
  await expect(bob.tab.entry('let us talk')).toBeVisible()
})

test('[U9] a message is reported with what it said, its author blocked as well, and an administrator resolves it', async ({ browser }) => {
  // Its own server: only the first account of one is an administrator.
  const server = await ServerProcess.create()
  await server.start()
  const people = new People(browser, server.origin)
  try {
    const admin = await people.signUp('Ada')
    const { alice, bob } = await pair(people)
    await alice.tab.open('Lunch')
    await alice.tab.action('who is in?', 'Report')
    const form = alice.page.getByRole('dialog', { name: 'Report Bob' })
    await expect(form).toContainText('The administrators will see this message, and no other:')
    await expect(form.getByRole('button', { name: 'Send report' })).toBeDisabled()
    await form.getByRole('radio', { name: 'Spam' }).check()
    await form.getByLabel('What should they know? (optional)').fill('every day')
    await form.getByRole('switch', { name: 'Block Bob as well' }).check()
    await form.getByRole('button', { name: 'Send report' }).click()
    await expect(alice.page.getByText('Report sent. Thank you.')).toBeVisible()
    await expect(alice.tab.messages).toContainText('Message of a blocked person.')

    const settings = await admin.tab.openSettings()
    await settings.getByRole('button', { name: 'Administration' }).click()
    await admin.page.getByRole('button', { name: 'Reports' }).click()
    await admin.page.getByRole('button', { name: /^Read the report about Bob/ }).click()
    const report = admin.page.getByRole('dialog', { name: 'Report' })
    await expect(report).toContainText('every day')
    await expect(report).toContainText('who is in?')
    await expect(report).toContainText(`@${alice.person.handle}`)
    await report.getByRole('button', { name: 'Mark as resolved' }).click()
    await expect(admin.page.getByText('Nothing to look at: no report is open.')).toBeVisible()
    await admin.page.getByText('All', { exact: true }).click()
    await expect(admin.page.getByRole('list', { name: 'Reports' }).getByRole('listitem')).toContainText(['Resolved'])
    expect(people.complaints).toEqual([])
    expect(bob.person.name).toBe('Bob')
  } finally {
    await people.close()
    await server.remove()
  }
})

test('[U6] [U7] who tells nobody is not told, and private receipts are private in both directions', async ({ people }) => {
  const { alice, bob } = await pair(people)
  await alice.tab.write('do you see this?')
  await bob.tab.open('Alice')
  await alice.tab.hasMark('do you see this?', 'read')
  await alice.tab.action('do you see this?', 'Info')
  const info = alice.page.getByRole('dialog', { name: 'Message info' })
  await expect(info.getByRole('region', { name: /^Read/ })).toContainText('Bob')
  await alice.page.keyboard.press('Escape')

  const settings = await bob.tab.openSettings('Privacy')
  await settings.getByRole('switch', { name: 'Private receipts' }).check()
  await expect(bob.page.getByText('Privacy changed')).toBeVisible()
  await settings.getByText('Nobody', { exact: true }).click()
  await expect(alice.tab.heading).not.toContainText('Online')
  await expect(alice.tab.heading).not.toContainText('Last seen')
  await bob.page.keyboard.press('Escape')
  await expect(bob.tab.heading).not.toContainText('Online')

  await alice.tab.write('and this?')
  await expect(bob.tab.entry('and this?')).toBeVisible()
  // What comes back after it has passed the same way that a receipt would have.
  await bob.tab.write('yes')
  await expect(alice.tab.entry('yes')).toBeVisible()
  await alice.tab.hasMark('and this?', 'stored')
  await alice.tab.action('and this?', 'Info')
  await expect(info.getByRole('region', { name: /^Not yet/ })).toContainText('Bob')
  await bob.tab.action('yes', 'Info')
  await expect(bob.page.getByRole('dialog', { name: 'Message info' })).toContainText('You keep receipts private')
})

test('the settings have an address for each part; on a phone Esc leads to the list of parts first', async ({ people }) => {
  const alice = await people.signUp('Alice')
  const settings = alice.page.getByRole('dialog', { name: 'Settings' })
  await alice.page.goto('/#/settings/data')
  await expect(settings.getByText('What this device keeps')).toBeVisible()
  await expect(settings.getByText(/of the .* that the browser allows$/)).toBeVisible()
  await alice.page.keyboard.press('Escape')
  await expect(settings).toHaveCount(0)
  await alice.page.setViewportSize({ width: 360, height: 740 })
  await alice.tab.openSettings('Privacy')
  await expect(alice.page).toHaveURL(/#\/settings\/privacy$/)
  await expect(settings.getByRole('navigation')).toHaveCount(0)
  await alice.page.keyboard.press('Escape')
  await expect(settings.getByRole('navigation', { name: 'Parts of the settings' })).toBeVisible()
  await settings.getByRole('button', { name: 'Data on this device' }).click()
  await settings.getByRole('button', { name: 'Forget what this device holds' }).click()
  await alice.tab.isSignedOut()
})

/** Alice and Bob with a direct conversation, which both have open, and a group in which Bob has spoken. */
async function pair(people: People): Promise<{ alice: Device; bob: Device }> {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  await bob.tab.createGroup('Lunch', [alice.person, carol.person])
  await bob.tab.write('who is in?')
  // Hers is the last, so that one row alone of the list says “Bob”.
  await carol.tab.open('Lunch')
  await carol.tab.write('me')
  await bob.tab.startDirect(alice.person)
  await bob.tab.write('hello')
  await alice.tab.open('Bob')
  await expect(alice.tab.entry('hello')).toBeVisible()
  return { alice, bob }
}
