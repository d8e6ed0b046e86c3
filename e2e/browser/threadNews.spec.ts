// What a person hears of a followed thread that is not open: in front, behind other windows, muted, and on a narrow screen.

import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { Desktop } from './desktop.ts'
import type { Device } from './device.ts'
import type { People } from './people.ts'
import { test } from './test.ts'

const thread = (page: Page): Locator => page.getByRole('complementary', { name: 'Thread', exact: true })
const field = (page: Page): Locator => thread(page).getByRole('textbox', { name: 'Reply in thread' })
const chip = ({ tab }: Device): Locator => tab.entry('where do we eat?').getByTestId('thread-chip')
const news = ({ page }: Device): Locator => page.getByRole('main').getByRole('button', { name: '1 thread with new replies' })

async function reply({ page }: Device, text: string): Promise<void> {
  await field(page).fill(text)
  await field(page).press('Enter')
  await expect(thread(page).getByTestId('mark').last()).not.toHaveAttribute('data-state', 'pending')
}

/** Alice has asked Bob something and has notifications on; he has the thread of it open. */
async function asked(people: People): Promise<{ alice: Device; bob: Device; desktop: Desktop }> {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  const desktop = await Desktop.around(alice)
  const settings = await alice.tab.openSettings('Notifications')
  await settings.getByRole('switch', { name: 'Show notifications on this device' }).check()
  await alice.page.keyboard.press('Escape')
  await alice.tab.startDirect(bob.person)
  await alice.tab.write('where do we eat?')
  await bob.tab.open('Alice')
  await bob.tab.action('where do we eat?', 'Reply in thread')
  await expect(field(bob.page)).toBeVisible()
  return { alice, bob, desktop }
}

test('in front, its message, the head of the conversation and the title say so, and the head leads there; a call by name is told', async ({ people }) => {
  const { alice, bob, desktop } = await asked(people)
  await reply(bob, 'here')
  await expect(chip(alice).getByRole('img', { name: 'New replies' })).toBeVisible()
  await expect(news(alice)).toBeVisible()
  await expect(alice.page).toHaveTitle('(1) Bob · Parley')
  await reply(bob, `@${alice.person.handle} really`)
  await expect.poll(() => desktop.shown()).toEqual([{ title: 'Bob · Thread', body: `@${alice.person.handle} really` }])

  await news(alice).click()
  await expect(thread(alice.page).getByRole('article')).toHaveCount(3)
  await expect(news(alice)).toHaveCount(0)
  await expect(alice.page).toHaveTitle('Bob · Parley')
  // What is read as it comes is no news.
  await reply(bob, `@${alice.person.handle} are you there`)
  await expect(thread(alice.page).getByRole('article')).toHaveCount(4)
  await alice.page.keyboard.press('Escape')
  await reply(bob, `@${alice.person.handle} come`)
  await expect.poll(() => desktop.shown()).toHaveLength(2)
  expect((await desktop.shown()).at(-1)).toEqual({ title: 'Bob · Thread', body: `@${alice.person.handle} come` })
})

test('behind other windows it calls whatever is open, also the thread itself, unless the conversation is muted', async ({ people }) => {
  const { alice, bob, desktop } = await asked(people)
  await desktop.cover()
  await reply(bob, 'here')
  await expect.poll(() => desktop.shown()).toEqual([{ title: 'Bob · Thread', body: 'here' }])
  await desktop.uncover()
  await chip(alice).click()
  await expect(thread(alice.page).getByRole('article')).toHaveCount(2)
  await expect(alice.page).toHaveTitle('Bob · Parley')
  await desktop.cover()
  await reply(bob, 'or there')
  await expect.poll(async () => (await desktop.shown()).slice(1)).toEqual([{ title: 'Bob · Thread', body: 'or there' }])
  await desktop.uncover()
  await expect(alice.page).toHaveTitle('Bob · Parley')

  await alice.page.getByRole('main').getByRole('button', { name: 'Conversation options' }).click()
  await alice.page.getByRole('menuitem', { name: 'Mute for an hour' }).click()
  await desktop.cover()
  await reply(bob, 'nobody hears this')
  await reply(bob, `@${alice.person.handle} but this`)
  await expect.poll(async () => (await desktop.shown()).slice(2)).toEqual([{ title: 'Bob · Thread', body: `@${alice.person.handle} but this` }])
})

test('on a narrow screen the thread covers its conversation, which is heard of as any other', async ({ people }) => {
  const { alice, bob, desktop } = await asked(people)
  await alice.page.setViewportSize({ width: 390, height: 800 })
  await reply(bob, 'here')
  await news(alice).click()
  await expect(thread(alice.page).getByRole('article')).toHaveCount(2)
  expect(await desktop.shown()).toEqual([])
  await bob.tab.write('by the way')
  await expect.poll(() => desktop.shown()).toEqual([{ title: 'Bob', body: 'by the way' }])
  expect(await alice.tab.overflow()).toBe(0)
})

test('a muted thread says nothing on any device but what calls by name, and then nothing at all; the conversation goes on', async ({ people }) => {
  const { alice, bob, desktop } = await asked(people)
  await reply(bob, 'here')
  await news(alice).click()
  const options = thread(alice.page).getByRole('button', { name: 'Thread options' })
  await options.click()
  await expect(alice.page.getByRole('menuitem')).toHaveText(['Mute for an hour', 'Mute for a day', 'Mute always'])
  await alice.page.getByRole('menuitem', { name: 'Mute always' }).click()
  await expect(thread(alice.page).getByLabel('Muted', { exact: true })).toBeVisible()
  await alice.page.keyboard.press('Escape')
  const phone = await people.signIn(alice.person, { viewport: { width: 390, height: 800 }, hasTouch: true })
  await desktop.cover()
  await reply(bob, 'nobody hears this')
  // It is new all the same, in a quieter colour.
  await expect(phone.tab.row('Bob').locator('.badge--threads.badge--muted')).toBeVisible()
  await expect(phone.page).toHaveTitle('Parley')
  await reply(bob, `@${alice.person.handle} but this`)
  await expect.poll(() => desktop.shown()).toEqual([{ title: 'Bob · Thread', body: `@${alice.person.handle} but this` }])
  await expect(phone.page).toHaveTitle('(1) Parley')

  await phone.tab.row('Bob').click()
  await chip(phone).click()
  await thread(phone.page).getByRole('button', { name: 'Thread options' }).click()
  await phone.page.getByRole('menuitem', { name: 'Mute mentions too' }).click()
  await thread(phone.page).getByRole('button', { name: 'Close thread' }).click()
  await desktop.uncover()
  await expect(chip(alice).getByRole('img', { name: 'New replies' })).toHaveCount(0)
  await desktop.cover()
  await reply(bob, `@${alice.person.handle} not even this`)
  await bob.tab.write('by the way')
  await expect.poll(async () => (await desktop.shown()).slice(1)).toEqual([{ title: 'Bob', body: 'by the way' }])
})
