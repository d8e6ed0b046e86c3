// The desktop around the page. Headless Chromium refuses notifications, has no icon to put a badge on, no loudspeaker and
// no other windows, so these are stood in for: what the page hands to them is written down, a notification can be pressed.

import type { Device } from './device.ts'

export type Shown = { title: string; body: string }

export class Desktop {
  readonly #device: Device

  private constructor(device: Device) {
    this.#device = device
  }

  /** Loads the page anew, as it looks at its desktop when it starts. */
  static async around(device: Device): Promise<Desktop> {
    await device.context.addInitScript(standIn)
    await device.page.reload()
    await device.tab.isOnline()
    return new Desktop(device)
  }

  async shown(): Promise<Shown[]> {
    return await this.#device.page.evaluate(() => window.desktop.shown.map(({ title, body }) => ({ title, body })))
  }

  async pressLast(): Promise<void> {
    await this.#device.page.evaluate(() => window.desktop.shown.at(-1)?.dispatchEvent(new Event('click')))
  }

  /** Something else is in front of the window: no frame is drawn any more. */
  async cover(): Promise<void> {
    await this.#device.page.evaluate(() => window.desktop.setCovered(true))
  }

  async uncover(): Promise<void> {
    await this.#device.page.evaluate(() => window.desktop.setCovered(false))
  }

  /** How often the person was asked for permission. */
  async asked(): Promise<number> {
    return await this.#device.page.evaluate(() => window.desktop.asked)
  }

  async badge(): Promise<number> {
    return await this.#device.page.evaluate(() => window.desktop.badge)
  }

  async sounds(): Promise<number> {
    return await this.#device.page.evaluate(() => window.desktop.sounds)
  }
}

declare global {
  interface Window {
    desktop: { shown: (EventTarget & Shown)[]; asked: number; badge: number; sounds: number; setCovered: (covered: boolean) => void }
  }
}

/** Runs in the page before its own scripts. */
function standIn(): void {
  const desktop: Window['desktop'] = { shown: [], asked: 0, badge: 0, sounds: 0, setCovered }
  window.desktop = desktop
  let covered = false
  const waiting = new Map<number, FrameRequestCallback>()
  const requestFrame = window.requestAnimationFrame.bind(window)
  const cancelFrame = window.cancelAnimationFrame.bind(window)
  function setCovered(next: boolean): void {
    covered = next
    document.dispatchEvent(new Event('visibilitychange'))
    window.dispatchEvent(new Event(covered ? 'blur' : 'focus'))
    if (covered) return
    for (const callback of waiting.values()) requestFrame(callback)
    waiting.clear()
  }
  let frames = 0
  Object.defineProperties(document, {
    hidden: { get: () => covered },
    visibilityState: { get: () => (covered ? 'hidden' : 'visible') },
    hasFocus: { value: () => !covered },
  })
  Object.assign(window, {
    requestAnimationFrame: (callback: FrameRequestCallback) => {
      if (!covered) return requestFrame(callback)
      frames -= 1
      waiting.set(frames, callback)
      return frames
    },
    cancelAnimationFrame: (id: number) => (waiting.delete(id) ? undefined : cancelFrame(id)),
  })
  class FakeNotification extends EventTarget {
    static permission = sessionStorage.getItem('permission') ?? 'default'
    static async requestPermission(): Promise<string> {
      desktop.asked += 1
      sessionStorage.setItem('permission', 'granted')
      FakeNotification.permission = 'granted'
      return 'granted'
    }
    readonly title: string
    readonly body: string
    constructor(title: string, { body = '' }: { body?: string }) {
      super()
      this.title = title
      this.body = body
      desktop.shown.push(this)
    }
    close(): void {}
  }
  class CountedAudioContext extends AudioContext {
    constructor() {
      super()
      desktop.sounds += 1
    }
  }
  Object.assign(window, { Notification: FakeNotification, AudioContext: CountedAudioContext })
  const setBadge = async (count = 0) => {
    desktop.badge = count
  }
  Object.defineProperties(navigator, { setAppBadge: { value: setBadge }, clearAppBadge: { value: () => setBadge(0) } })
}
