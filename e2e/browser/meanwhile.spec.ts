// What somebody wrote without a connection, and may not send any more when there is one: said on that entry, with what can
// be done about it.

import { expect, type Locator } from '@playwright/test'
import type { Device } from './device.ts'
import { test } from './test.ts'

test('[U4] [E9] written offline to somebody who blocked one meanwhile', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('hello')
  await writesOffline(bob, 'Alice', 'too late')
  const details = await alice.tab.openDetails()
  await details.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(alice.page.getByText('Bob is blocked')).toBeVisible()

  await bob.goOnline()
  await isRefused(bob, 'too late', 'Not sent. This person does not take messages from you.')
  await bob.page.reload()
  await isRefused(bob, 'too late', 'Not sent. This person does not take messages from you.')
  await canBeKept(bob, 'too late')
  await expect(alice.tab.entry('too late')).toHaveCount(0)
})

test('[S16] [E9] written offline where writing was left to admins meanwhile', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  await alice.tab.createGroup('Notices', [bob.person, carol.person])
  await alice.tab.write('hello')
  await writesOffline(bob, 'Notices', 'too late')
  const writing = await leavesWritingToAdmins(alice)

  await bob.goOnline()
  await expect(bob.page.getByText('Only admins write in this group.')).toBeVisible()
  await isRefused(bob, 'too late', 'Not sent. This group leaves that to its admins. Ask one of them.')
  // Allowed again, it goes as it is.
  await writing.check()
  await expect(bob.tab.composer).toBeVisible()
  await bob.tab.entry('too late').getByRole('button', { name: 'Retry' }).click()
  await expect(alice.tab.entry('too late')).toBeVisible()
})

test('[S16] [E9] what cannot be sent any more can be copied and discarded where there is no composer', async ({ people }) => {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.createGroup('Notices', [bob.person])
  await alice.tab.write('hello')
  await writesOffline(bob, 'Notices', 'too late')
  await leavesWritingToAdmins(alice)
  await bob.goOnline()
  await expect(bob.tab.entry('too late')).toContainText('Not sent.')
  await canBeKept(bob, 'too late')
})

test('[M5] [E9] written offline by somebody who was removed and blocked meanwhile', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  await alice.tab.createGroup('Lunch', [bob.person, carol.person])
  await writesOffline(bob, 'Lunch', 'too late')
  await removesBob(alice, 'Remove and block from joining again')

  await bob.goOnline()
  await expect(bob.page.getByRole('heading', { name: 'This conversation is closed to you' })).toBeVisible()
  await isRefused(bob, 'too late', 'Not sent. You are not in this conversation (any more).')
  await canBeKept(bob, 'too late')
})

test('[E9] a reply, a change and a reaction written offline by somebody who was removed meanwhile', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  await alice.tab.createGroup('Lunch', [bob.person, carol.person])
  await alice.tab.write('where?')
  await bob.tab.open('Lunch')
  await bob.tab.write('at home')
  await bob.tab.hasMark('at home', 'delivered')
  await bob.tab.isInstalled()
  await bob.goOffline()
  await bob.tab.react('where?', '👍')
  await bob.tab.action('at home', 'Edit')
  await bob.tab.composer.fill('at my home')
  await bob.tab.composer.press('Enter')
  await bob.tab.action('where?', 'Reply in thread')
  const thread = bob.page.getByRole('complementary', { name: 'Thread', exact: true })
  await thread.getByRole('textbox', { name: 'Reply in thread' }).fill('as always')
  await thread.getByRole('textbox', { name: 'Reply in thread' }).press('Enter')
  await expect(thread.locator('.text').last()).toHaveText('as always')
  await bob.page.getByRole('button', { name: 'Close thread' }).click()
  await removesBob(alice, 'Remove from group')

  await bob.goOnline()
  await expect(bob.page.getByRole('heading', { name: 'This conversation is closed to you' })).toBeVisible()
  const left = bob.page.getByRole('list', { name: 'Not sent' }).getByRole('listitem')
  await expect(left).toHaveCount(3)
  for (const words of ['Reaction: 👍', 'Change to a message: at my home', 'Reply: as always']) {
    await expect(left.filter({ hasText: words })).toContainText('Not sent. You are not in this conversation (any more).')
  }
  await bob.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const reply = left.filter({ hasText: 'as always' })
  await reply.getByRole('button', { name: 'Copy text' }).click()
  await expect.poll(() => bob.page.evaluate(() => navigator.clipboard.readText())).toBe('as always')
  for (const count of [2, 1, 0]) {
    await left.first().getByRole('button', { name: 'Discard' }).click()
    await expect(left).toHaveCount(count)
  }
})

async function writesOffline(device: Device, conversation: string, text: string): Promise<void> {
  await device.tab.open(conversation)
  await device.tab.isInstalled()
  await device.goOffline()
  await device.tab.write(text)
}

/** Answers the switch that gives it back to everybody. */
async function leavesWritingToAdmins(owner: Device): Promise<Locator> {
  const writing = (await owner.tab.openDetails()).getByRole('switch', { name: 'Write messages' })
  await writing.uncheck()
  await expect(owner.tab.messages).toContainText('You changed who may do what')
  return writing
}

async function removesBob(owner: Device, how: 'Remove from group' | 'Remove and block from joining again'): Promise<void> {
  const details = await owner.tab.openDetails()
  await details.getByRole('button', { name: 'Options for Bob' }).click()
  await owner.page.getByRole('menuitem', { name: how }).click()
  await expect(owner.tab.heading).toContainText('2 members')
}

async function isRefused(device: Device, text: string, words: string): Promise<void> {
  await expect(device.tab.entry(text)).toContainText(words)
  await device.tab.hasMark(text, 'refused')
}

async function canBeKept({ page, tab }: Device, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await tab.entry(text).getByRole('button', { name: 'Copy text' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text)
  await tab.entry(text).getByRole('button', { name: 'Discard' }).click()
  await expect(tab.entry(text)).toHaveCount(0)
}
