// Which messages of a conversation are chosen, to do one thing with all of them. Null: nobody is choosing.

import type { EntryId } from '../../../shared/ids.ts'
import type { Readable } from '../../sync/engine.ts'
import { createCell } from '../../sync/readable.ts'

export class Selection {
  readonly chosen: Readable<ReadonlySet<EntryId> | null>
  readonly #cell = createCell<ReadonlySet<EntryId> | null>(null)

  constructor() {
    this.chosen = this.#cell
  }

  begin(id: EntryId): void {
    this.#cell.set(new Set([...(this.#cell.get() ?? []), id]))
  }

  /** The last one that is let go ends the choosing. */
  toggle(id: EntryId): void {
    const next = new Set(this.#cell.get())
    if (!next.delete(id)) next.add(id)
    this.#cell.set(next.size === 0 ? null : next)
  }

  end(): void {
    this.#cell.set(null)
  }
}
