// What a person has begun to write, in the personal document: typing is many small changes, of which it gets the last of a
// moment.

import { createDerived } from './readable.ts'
import type { Environment } from './environment.ts'
import type { Personal } from './personal.ts'

const DRAFT_DEBOUNCE_MS = 400

export class Draft {
  readonly text = createDerived(() => this.#waiting?.text ?? this.#deps.personal.draft(this.#deps.key))
  readonly #deps: DraftDeps
  /** What is typed and not written yet, and what the draft was when that began. */
  #waiting: { text: string; base: string; cancel: () => void } | null = null

  constructor(deps: DraftDeps) {
    this.#deps = deps
  }

  set(text: string): Promise<void> {
    this.#waiting?.cancel()
    const { timers, report, personal, key } = this.#deps
    this.#waiting = { text, base: this.#waiting?.base ?? personal.draft(key), cancel: timers.after(DRAFT_DEBOUNCE_MS, () => void this.flush().catch(report)) }
    this.text.invalidate()
    // It was sent: a device that dies in the next moment must not offer it once more.
    return text === '' ? this.flush() : Promise.resolve()
  }

  async flush(): Promise<void> {
    const waiting = this.#waiting
    if (waiting === null) return
    waiting.cancel()
    const written = this.#deps.personal.setDraft(this.#deps.key, waiting.text, waiting.base)
    this.#waiting = null
    await written
  }
}

type DraftDeps = Pick<Environment, 'timers' | 'report'> & { personal: Personal; key: string }
