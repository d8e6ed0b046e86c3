// One tab, read and driven by the names and roles that a screen reader would use.

import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import type { Person } from './people.ts'

export type MarkState = 'pending' | 'refused' | 'stored' | 'delivered' | 'read'

export class Tab {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async isSignedIn(): Promise<void> {
    await expect(this.page.getByRole('button', { name: 'Settings and account' })).toBeVisible()
  }

  async isSignedOut(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: 'Welcome back' })).toBeVisible()
  }

  async isOnline(): Promise<void> {
    await expect(this.page.getByTestId('connection')).toHaveAttribute('data-state', 'online')
  }

  /** The service worker holds the app's files and this page is under its control. */
  async isInstalled(): Promise<void> {
    await this.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  }

  /** Everything that IndexedDB and web storage of this origin hold, as JSON. */
  async storedText(): Promise<string> {
    return await this.page.evaluate(readStorage)
  }

  /** How much wider than the window the page is, in pixels. */
  async overflow(): Promise<number> {
    return await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  }

  async background(): Promise<string> {
    return await this.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  }

  get composer(): Locator {
    return this.page.getByPlaceholder('Write a message')
  }

  get messages(): Locator {
    return this.page.getByRole('feed', { name: 'Messages' })
  }

  /** The texts of the entries that are drawn, oldest first. */
  get texts(): Locator {
    return this.messages.locator('.text')
  }

  entry(text: string): Locator {
    return this.messages.getByRole('article').filter({ has: this.page.getByText(text, { exact: true }) })
  }

  row(title: string | RegExp): Locator {
    return this.page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').filter({ hasText: title })
  }

  get heading(): Locator {
    return this.page.getByRole('button', { name: /Conversation details$/ })
  }

  async open(title: string): Promise<void> {
    await this.row(title).click()
    await expect(this.heading).toContainText(title)
  }

  async write(...texts: string[]): Promise<void> {
    for (const text of texts) {
      await this.composer.fill(text)
      await this.composer.press('Enter')
      await expect(this.entry(text)).toBeVisible()
    }
  }

  async hasMark(text: string, state: MarkState): Promise<void> {
    await expect(this.entry(text).getByTestId('mark')).toHaveAttribute('data-state', state)
  }

  /** Chooses from the menu of a message. */
  async action(text: string, name: string): Promise<void> {
    await this.entry(text).hover()
    await this.entry(text).getByRole('button', { name: 'Message options' }).click()
    await this.page.getByRole('menuitem', { name, exact: true }).click()
  }

  /** With one of the emoji that are offered first. */
  async react(text: string, emoji: string): Promise<void> {
    await this.entry(text).hover()
    await this.entry(text).getByRole('button', { name: 'React' }).click()
    await this.page.getByRole('dialog', { name: 'React' }).getByRole('button', { name: emoji, exact: true }).first().click()
  }

  async startDirect(person: Person): Promise<void> {
    await this.page.getByRole('button', { name: 'New conversation' }).first().click()
    await this.choose(person)
    await this.page.getByRole('button', { name: 'Start conversation' }).click()
    await expect(this.heading).toContainText(person.name)
  }

  async createGroup(name: string, members: readonly Person[]): Promise<void> {
    await this.page.getByRole('button', { name: 'New conversation' }).first().click()
    for (const member of members) await this.choose(member)
    await this.page.getByRole('button', { name: members.length === 1 ? 'Make it a group' : 'Next' }).click()
    await this.page.getByLabel('Group name').fill(name)
    await this.page.getByRole('button', { name: 'Create group' }).click()
    await expect(this.heading).toContainText(name)
  }

  /** In the open dialog. */
  async choose(person: Person): Promise<void> {
    const dialog = this.page.getByRole('dialog')
    await dialog.getByLabel('Find people by name or username').fill(person.handle)
    await dialog.getByRole('button', { name: person.handle }).click()
  }

  async openSettings(section = 'Account'): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Settings and account' }).click()
    const settings = this.page.getByRole('dialog', { name: 'Settings' })
    await settings.getByRole('button', { name: section, exact: true }).click()
    return settings
  }

  /** Of the author of a message in a group. */
  async openCardOf(text: string): Promise<Locator> {
    await this.entry(text).locator('.bubble__name').getByRole('button').click()
    return this.page.getByRole('dialog', { name: 'About this person' })
  }

  async openDetails(): Promise<Locator> {
    await this.heading.click()
    return this.page.getByRole('complementary', { name: 'Details' })
  }
}

/** Runs in the page, so it can name nothing of this file. */
async function readStorage(): Promise<string> {
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- See above.
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')))
    })
  const found: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage)]
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name ?? ''))
    for (const store of database.objectStoreNames) found.push(store, await done(database.transaction(store).objectStore(store).getAll()))
    database.close()
  }
  return JSON.stringify(found)
}
