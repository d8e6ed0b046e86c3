import { expect } from '@playwright/test'
import { Desktop } from './desktop.ts'
import { test } from './test.ts'

test('[U1] do not disturb is begun and ended at the own face, which shows it as others see it, on every device', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await bob.tab.startDirect(alice.person)
  const phone = await people.signIn(alice.person)
  const face = (page: typeof alice.page) => page.getByRole('button', { name: /Your status and do not disturb$/ })
  await expect(face(alice.page)).toHaveAccessibleName(/^Online\./)
  await face(alice.page).click()
  await alice.page.getByRole('menuitem', { name: 'Do not disturb for 1 hour' }).click()
  for (const { page } of [alice, phone]) await expect(face(page)).toHaveAccessibleName(/^Do not disturb until /)
  await expect(bob.tab.heading).toContainText('Do not disturb')

  await face(phone.page).click()
  await phone.page.getByRole('menuitem', { name: 'Turn off do not disturb' }).click()
  for (const { page } of [alice, phone]) await expect(face(page)).toHaveAccessibleName(/^Online\./)
  await expect(bob.tab.heading).toContainText('Online')

  await face(alice.page).press('Enter')
  await alice.page.keyboard.press('End')
  await alice.page.keyboard.press('Enter')
  const status = alice.page.getByRole('dialog', { name: 'Status' })
  await status.getByLabel('What others should know').fill('at the dentist')
  await status.getByRole('button', { name: 'Set status' }).click()
  await alice.page.keyboard.press('Escape')
  const details = await bob.tab.openDetails()
  await expect(details).toContainText('at the dentist')
  await face(alice.page).click()
  await alice.page.getByRole('menuitem', { name: 'Clear status' }).click()
  await expect(details).not.toContainText('at the dentist')
})

test('[U6] who tells nobody that they are there sees so at their own face', async ({ people }) => {
  const alice = await people.signUp('Alice')
  const settings = await alice.tab.openSettings('Privacy')
  await settings.getByText('Nobody', { exact: true }).click()
  await expect(alice.page.getByText('Privacy changed')).toBeVisible()
  await alice.page.keyboard.press('Escape')
  await expect(alice.page.getByRole('button', { name: /Your status and do not disturb$/ })).toHaveAccessibleName(/^Your presence is not shown to others\./)
})

test('[S14] whoever is away from all their devices sees so at their own face, as others do', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  const phone = await people.signIn(alice.person)
  await bob.tab.startDirect(alice.person)
  const face = ({ page }: typeof alice) => page.getByRole('button', { name: /Your status and do not disturb$/ })
  const desktops = [await Desktop.around(alice), await Desktop.around(phone)]
  for (const device of [alice, phone]) await expect(face(device)).toHaveAccessibleName(/^Online\./)
  for (const desktop of desktops) await desktop.cover()
  await expect(bob.tab.heading).toContainText('Away')
  for (const device of [alice, phone]) await expect(face(device)).toHaveAccessibleName(/^Away\./)
  await desktops[1]?.uncover()
  await expect(bob.tab.heading).toContainText('Online')
  for (const device of [alice, phone]) await expect(face(device)).toHaveAccessibleName(/^Online\./)
})
