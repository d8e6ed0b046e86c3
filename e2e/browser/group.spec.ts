import { expect } from '@playwright/test'
import { test } from './test.ts'

test('a group is made, written in, renamed and grows, and everybody sees it at once', async ({ people }) => {
  const [alice, bob, carol, dora] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol'), people.signUp('Dora')])
  await alice.tab.createGroup('Lunch', [bob.person, carol.person])
  await alice.tab.write('who is in?')
  await bob.tab.open('Lunch')
  await bob.tab.write('me')
  await carol.tab.open('Lunch')
  await expect(carol.tab.texts).toHaveText(['who is in?', 'me'])

  const details = await alice.tab.openDetails()
  await details.getByRole('button', { name: 'Rename group' }).click()
  await details.getByLabel('Group name').fill('Dinner')
  await details.getByRole('button', { name: 'Save' }).click()
  await expect(bob.tab.heading).toContainText('Dinner')
  await expect(carol.tab.row('Dinner')).toBeVisible()

  await details.getByRole('button', { name: 'Add people' }).click()
  await alice.tab.choose(dora.person)
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Add 1 person' }).click()
  await dora.tab.open('Dinner')
  await expect(dora.tab.texts).toHaveText(['who is in?', 'me'])
  await expect(bob.tab.heading).toContainText('4 members')
})

test('whoever is removed is told in words, loses the conversation at once and gets nothing later', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  await alice.tab.createGroup('Lunch', [bob.person, carol.person])
  await alice.tab.write('before')
  await bob.tab.open('Lunch')
  await expect(bob.tab.texts).toHaveText(['before'])

  const details = await alice.tab.openDetails()
  await details.getByRole('button', { name: 'Options for Bob' }).click()
  await alice.page.getByRole('menuitem', { name: 'Remove from group' }).click()
  await expect(bob.page.getByRole('heading', { name: 'This conversation is closed to you' })).toBeVisible()
  await expect(bob.tab.row('Lunch')).toHaveCount(0)
  await expect(bob.page.getByText('before')).toHaveCount(0)

  await alice.tab.write('after')
  await carol.tab.open('Lunch')
  await expect(carol.tab.texts).toHaveText(['before', 'after'])
  await bob.page.reload()
  await bob.tab.isOnline()
  await expect(bob.page.getByRole('heading', { name: 'This conversation is closed to you' })).toBeVisible()
  await expect(bob.page.getByText('after')).toHaveCount(0)
})

test('roles decide who may do what, and a group is never left without an owner', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  await alice.tab.createGroup('Lunch', [bob.person, carol.person])
  const details = await alice.tab.openDetails()
  await expect(details.getByRole('button', { name: 'Leave group' })).toBeDisabled()

  await bob.tab.open('Lunch')
  const bobs = await bob.tab.openDetails()
  await expect(bobs.getByRole('button', { name: 'Leave group' })).toBeEnabled()
  await expect(bobs.getByRole('button', { name: 'Rename group' })).toHaveCount(0)
  await expect(bobs.getByRole('button', { name: 'Add people' })).toHaveCount(0)

  await details.getByRole('button', { name: 'Options for Bob' }).click()
  await alice.page.getByRole('menuitem', { name: 'Make admin' }).click()
  await expect(bobs.getByRole('button', { name: 'Rename group' })).toBeVisible()
  await bobs.getByRole('button', { name: 'Options for Alice' }).click()
  await expect(bob.page.getByRole('menuitem', { name: 'Write to them' })).toBeVisible()
  await expect(bob.page.getByRole('menuitem', { name: 'Remove from group' })).toHaveCount(0)
  await bob.page.keyboard.press('Escape')

  await details.getByRole('button', { name: 'Options for Bob' }).click()
  await alice.page.getByRole('menuitem', { name: 'Make owner' }).click()
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Make owner' }).click()
  await details.getByRole('button', { name: 'Leave group' }).click()
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Leave group' }).click()
  await expect(alice.tab.row('Lunch')).toHaveCount(0)
  await expect(bob.tab.heading).toContainText('2 members')
  await expect(bobs.getByRole('listitem').filter({ hasText: 'Bob' })).toContainText('Owner')
})
