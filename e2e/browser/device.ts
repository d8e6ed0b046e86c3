// One device of a person, used as a person uses it: by what is written on the screen.

import type { BrowserContext, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { v7 as uuid } from 'uuid'
import { APPEND_MAX_ENTRIES } from '../../shared/limits.ts'
import type { Person } from './people.ts'
import { Tab } from './tab.ts'

export class Device {
  readonly person: Person
  readonly context: BrowserContext
  readonly #forgiven: RegExp[] = []
  readonly #origin: string
  #tab: Tab | null = null

  constructor(context: BrowserContext, person: Person, origin: string) {
    this.#origin = origin
    this.context = context
    this.person = person
  }

  /** The first tab. */
  get tab(): Tab {
    if (this.#tab === null) throw new Error('a device starts with an open tab')
    return this.#tab
  }

  get page(): Page {
    return this.tab.page
  }

  async openTab(path = '/'): Promise<Tab> {
    const tab = new Tab(await this.context.newPage())
    this.#tab ??= tab
    await tab.page.goto(path)
    return tab
  }

  async signUp(): Promise<void> {
    const { page, person } = this
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByLabel('Username').fill(person.handle)
    await page.getByLabel('Your name').fill(person.name)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await this.tab.isSignedIn()
  }

  async signIn(): Promise<void> {
    await this.trySignIn(this.person.password)
    await this.tab.isSignedIn()
  }

  async trySignIn(password: string): Promise<void> {
    const { page, person } = this
    await page.getByLabel('Username').fill(person.handle)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }

  /** The browser itself logs refused and failed requests; a test says which it means to cause. */
  forgive(...complaints: RegExp[]): void {
    this.#forgiven.push(...complaints)
  }

  forgives(complaint: string): boolean {
    return this.#forgiven.some((pattern) => pattern.test(complaint))
  }

  /** Appends to the conversation that is open in the first tab, over the API: what would take a person days. */
  async append(texts: readonly string[], written: (index: number) => number = Date.now): Promise<void> {
    for (let at = 0; at < texts.length; at += APPEND_MAX_ENTRIES) {
      const entries = texts.slice(at, at + APPEND_MAX_ENTRIES).map((text, index) => ({ id: uuid(), at: written(at + index), kind: 'message', body: { text } }))
      await this.#post('entries', { entries })
    }
  }

  /** Adds people to the group that is open in the first tab, over the API. */
  async addMembers(users: readonly string[]): Promise<void> {
    for (let at = 0; at < users.length; at += 100) await this.#post('members', { users: users.slice(at, at + 100) })
  }

  /** As a browser that is short of space evicts it. */
  async loseDatabase(): Promise<void> {
    const session = await this.context.newCDPSession(this.page)
    await session.send('Storage.clearDataForOrigin', { origin: this.#origin, storageTypes: 'indexeddb' })
  }

  /** The first tab's process dies without a word. */
  async crash(): Promise<void> {
    const crashed = this.page.waitForEvent('crash')
    const session = await this.context.newCDPSession(this.page)
    // It never answers: its page is gone.
    session.send('Page.crash').catch(() => undefined)
    await crashed
  }

  /** The network of this device, and what the browser logs without it. */
  async goOffline(): Promise<void> {
    this.forgive(...NETWORK_GONE)
    await this.context.setOffline(true)
  }

  async goOnline(): Promise<void> {
    await this.context.setOffline(false)
  }

  async #post(path: string, data: object): Promise<void> {
    const conversation = /#\/c\/([\da-f-]+)/.exec(this.page.url())?.[1]
    if (conversation === undefined) throw new Error('no conversation is open')
    const answer = await this.context.request.post(`/api/conversations/${conversation}/${path}`, {
      headers: { origin: new URL(this.page.url()).origin },
      data,
    })
    expect(answer.ok(), await answer.text()).toBe(true)
  }
}

export const NETWORK_GONE = [/net::ERR_INTERNET_DISCONNECTED/, /net::ERR_CONNECTION_/, /net::ERR_FAILED/, /WebSocket connection to .* failed/]
