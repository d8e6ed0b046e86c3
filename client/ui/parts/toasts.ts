import type { Readable } from '../../sync/engine.ts'

export type Toast = { id: number; words: string; tone: 'plain' | 'danger'; stays: boolean; action?: { label: string; run: () => void }; read?: () => void }

/** `stays`: until it is answered. `read`: done when the person puts it away. */
type Options = { tone?: Toast['tone']; action?: NonNullable<Toast['action']>; stays?: boolean; read?: () => void }

/** Short messages at the edge of the screen; the newest three, each for a while, and what has to be answered. */
export class Toasts {
  readonly list: Readable<readonly Toast[]>
  readonly #later: (run: () => void, ms: number) => void
  readonly #listeners = new Set<() => void>()
  #toasts: readonly Toast[] = []
  #lastId = 0

  constructor(later: (run: () => void, ms: number) => void) {
    this.#later = later
    this.list = {
      get: () => this.#toasts,
      subscribe: (listener) => {
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      },
    }
  }

  show(words: string, options: Options = {}): number {
    this.#lastId += 1
    const { tone = 'plain', action, stays = false, read } = options
    const toast: Toast = { id: this.#lastId, words, tone, stays, ...(action === undefined ? {} : { action }), ...(read === undefined ? {} : { read }) }
    const passing = [...this.#toasts, toast].filter((other) => !other.stays)
    const kept = new Set(passing.slice(-TOASTS_MAX))
    this.#set([...this.#toasts, toast].filter((other) => other.stays || kept.has(other)))
    if (stays) return toast.id
    // Who may still undo gets longer to decide.
    this.#later(() => {
      this.dismiss(toast.id)
    }, action === undefined ? PLAIN_MS : UNDO_MS)
    return toast.id
  }

  dismiss(id: number): void {
    if (this.#toasts.some((toast) => toast.id === id)) this.#set(this.#toasts.filter((toast) => toast.id !== id))
  }

  #set(toasts: readonly Toast[]): void {
    this.#toasts = toasts
    for (const listener of this.#listeners) listener()
  }
}

const TOASTS_MAX = 3
const PLAIN_MS = 5_000
const UNDO_MS = 8_000
