// The people of one test and their devices. A device is a browser context: its own cookies, its own IndexedDB, its own
// service worker. A tab is a page in it.

import type { Browser, BrowserContext, BrowserContextOptions } from '@playwright/test'
import { v7 as uuid } from 'uuid'
import { SignedIn } from '../../shared/protocol/api.ts'
import { Device } from './device.ts'

export type Person = { handle: string; name: string; password: string }

export class People {
  /** What no page should have said. */
  readonly complaints: string[] = []
  readonly #browser: Browser
  readonly #origin: string
  readonly #contexts: BrowserContext[] = []

  constructor(browser: Browser, origin: string) {
    this.#browser = browser
    this.#origin = origin
  }

  /** Somebody whom no other test knows: they are found by handle, and read by name. */
  invent(name: string): Person {
    const handle = `${name.toLowerCase()}-${uuid().slice(-12)}`
    return { handle, name, password: `the cat of ${handle} sleeps` }
  }

  /** Makes an account on a new device. */
  async signUp(name: string, options?: BrowserContextOptions): Promise<Device> {
    const device = await this.device(this.invent(name), options)
    await device.signUp()
    return device
  }

  /** Accounts without a device, over the API. */
  async crowd(count: number): Promise<{ id: string }[]> {
    return await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const person = this.invent(`Guest ${index}`.replace(' ', ''))
        const device = { id: uuid(), label: 'none' }
        const answer = await fetch(`${this.#origin}/api/accounts`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...person, device, credentials: 'bearer' }),
        })
        return SignedIn.parse(await answer.json()).account
      }),
    )
  }

  /** Signs the person in on one more device. */
  async signIn(person: Person, options?: BrowserContextOptions): Promise<Device> {
    const device = await this.device(person, options)
    await device.signIn()
    return device
  }

  /** A device on which nobody is signed in yet, at the first screen. */
  async device(person: Person, options: BrowserContextOptions = {}): Promise<Device> {
    const context = await this.#browser.newContext({ baseURL: this.#origin, locale: 'en-GB', ...options })
    this.#contexts.push(context)
    const device = new Device(context, person, this.#origin)
    context.on('console', (message) => {
      if (message.type() === 'error' && !device.forgives(`${message.text()} ${message.location().url}`)) {
        this.complaints.push(`${person.name}: ${message.text()} (${message.location().url})`)
      }
    })
    context.on('weberror', (error) => this.complaints.push(`${person.name}: ${error.error().stack ?? error.error().message}`))
    context.on('dialog', (dialog) => {
      this.complaints.push(`${person.name}: a dialog opened: ${dialog.message()}`)
      void dialog.dismiss()
    })
    await device.openTab()
    return device
  }

  async close(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()))
  }
}
