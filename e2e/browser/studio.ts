// The preview of the interface, with invented people: built, and served under the product's content security policy.

import type { Browser, Page } from '@playwright/test'
import { build, preview } from 'vite'
import { CONTENT_SECURITY_POLICY } from '../../server/contentSecurityPolicy.ts'
import type { Scene } from './scenes.ts'
import { LANGUAGES } from './scenes.ts'

const NOW = new Date('2026-03-12T17:48:00')

export type Look = { size: keyof typeof SIZES; colours: 'light' | 'dark'; locale: keyof typeof LANGUAGES }

const SIZES = {
  phone: { width: 360, height: 740 },
  narrow: { width: 320, height: 568 },
  /** A screen of 1280 × 1024 with everything four times as large. */
  enlarged: { width: 320, height: 256 },
  desktop: { width: 1280, height: 800 },
} as const

export const LOOKS: readonly Look[] = [
  { size: 'phone', colours: 'light', locale: 'en-GB' },
  { size: 'phone', colours: 'dark', locale: 'en-GB' },
  { size: 'phone', colours: 'light', locale: 'ar' },
  { size: 'narrow', colours: 'light', locale: 'en-GB' },
  { size: 'narrow', colours: 'light', locale: 'ar' },
  { size: 'enlarged', colours: 'light', locale: 'en-GB' },
  { size: 'desktop', colours: 'light', locale: 'en-GB' },
  { size: 'desktop', colours: 'dark', locale: 'en-GB' },
  { size: 'desktop', colours: 'light', locale: 'ar' },
]

export function nameOf({ size, colours, locale }: Look): string {
  return `${size}-${colours}${locale === 'ar' ? '-arabic' : ''}`
}

export class Studio {
  /** What the pages said that none should say. */
  readonly complaints: string[] = []
  readonly #browser: Browser
  readonly #base: string
  readonly close: () => Promise<void>

  private constructor(browser: Browser, base: string, close: () => Promise<void>) {
    this.#browser = browser
    this.#base = base
    this.close = close
  }

  /** Builds into `dir`. */
  static async open(browser: Browser, dir: string): Promise<Studio> {
    await build({ logLevel: 'warn', mode: 'preview', build: { outDir: dir, emptyOutDir: true, rolldownOptions: { input: 'client/preview.html' } } })
    const server = await preview({
      logLevel: 'warn',
      build: { outDir: dir },
      preview: { port: 0, host: '127.0.0.1', headers: { 'content-security-policy': CONTENT_SECURITY_POLICY } },
    })
    const base = server.resolvedUrls?.local[0]
    if (base === undefined) throw new Error('the preview server has an address')
    return new Studio(browser, base, () => server.close())
  }

  /** Shows scene after scene in one look, at rest. */
  async show(look: Look, scenes: readonly Scene[], seen: (page: Page, name: string) => Promise<void>): Promise<void> {
    const context = await this.#browser.newContext({
      viewport: SIZES[look.size],
      colorScheme: look.colours,
      locale: look.locale,
      hasTouch: look.size === 'phone' || look.size === 'narrow',
      isMobile: look.size === 'phone' || look.size === 'narrow',
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    let name = ''
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(`${name}: ${message.text()}`)
    })
    page.on('pageerror', (error) => this.complaints.push(`${name}: ${error.message}`))
    await page.clock.setFixedTime(NOW)
    for (const scene of scenes) {
      name = `${scene.name}-${nameOf(look)}`
      try {
        await this.#play(page, scene, look)
      } catch (error) {
        this.complaints.push(`${name}: ${String(error)}`)
        continue
      }
      await seen(page, name)
      for (const overflow of await page.evaluate(tooWide)) this.complaints.push(`${name}: ${overflow}`)
    }
    await context.close()
  }

  async #play(page: Page, scene: Scene, look: Look): Promise<void> {
    // Only another address loads the page anew; another fragment alone would not.
    await page.goto('about:blank')
    await page.goto(`${this.#base}preview.html?scene=${scene.scene ?? 'normal'}${scene.path ?? ''}`)
    await page.evaluate(async () => document.fonts.ready)
    await scene.act?.(page, LANGUAGES[look.locale])
    await settled(page)
  }
}

/** Runs in the page: what is scrolled sideways and should not be. */
function tooWide(): string[] {
  return [document.documentElement, ...document.querySelectorAll('.dialog__body, .settings__content, .details__body, .inbox__list, .timeline__scroll')]
    .filter((box) => box.scrollWidth > box.clientWidth)
    .map((box) => `${box.className === '' ? 'the page' : box.className} is too wide by ${box.scrollWidth - box.clientWidth} px`)
}

/** Until three looks in a row, each after a drawn frame, see the same: what loads has loaded, what scrolls has scrolled. */
async function settled(page: Page): Promise<void> {
  await page.waitForSelector('.starting, .sign-in, .inbox, .conversation, .thread, .details, .empty, .admin')
  let before = ''
  let same = 0
  for (let round = 0; round < 40 && same < 3; round += 1) {
    const now = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          requestAnimationFrame(() => {
            const box = document.querySelector('.timeline__scroll')
            resolve(`${document.body.innerHTML.length} ${box?.scrollTop} ${box?.scrollHeight}`)
          })
        }),
    )
    same = now === before ? same + 1 : 0
    before = now
    await page.waitForTimeout(100)
  }
}
