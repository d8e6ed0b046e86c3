// Which messages of a conversation, or which of a thread, are chosen, to do one thing with all of them. Null: nobody is choosing.

import type { EntryId } from '../../../shared/ids.ts'
import type { Readable, Timeline, TimelineItem } from '../../sync/engine.ts'
import { createCell } from '../../sync/readable.ts'

export class Selection {
  readonly chosen: Readable<ReadonlySet<EntryId> | null>
  readonly #cell = createCell<ReadonlySet<EntryId> | null>(null)
  #toFocus: EntryId | null = null

  constructor() {
    this.chosen = this.#cell
  }

  begin(id: EntryId): void {
    this.#toFocus = id
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

  /** Once: the menu in which the choosing began is gone, and whoever goes by keys stands at that message. */
  takesFocus(id: EntryId): boolean {
    if (this.#toFocus !== id) return false
    this.#toFocus = null
    return true
  }
}

/** In the order of the conversation, also those so far from what is on screen that they left memory. */
export async function chosenInTimeline(timeline: Timeline, chosen: ReadonlySet<EntryId>): Promise<TimelineItem[]> {
  const found: { index: number; item: TimelineItem }[] = []
  for (const id of chosen) {
    const index = await timeline.indexOf(id)
    if (index === null) continue
    await timeline.load(index, index + 1)
    const item = timeline.at(index)
    if (item?.id === id) found.push({ index, item })
  }
  return found.toSorted((a, b) => a.index - b.index).map(({ item }) => item)
}

/** The space bar at an entry that has the focus: it is chosen, or let go. */
export function chooseOnKey(event: { key: string; target: EventTarget; preventDefault: () => void }): void {
  if (event.key !== ' ' || !(event.target instanceof Element) || !event.target.matches('[data-index]')) return
  const choice = event.target.querySelector<HTMLElement>('.choice input')
  if (choice === null) return
  event.preventDefault()
  choice.click()
}
