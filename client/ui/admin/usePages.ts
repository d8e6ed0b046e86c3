import { useEffect, useState } from 'react'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import type { Outcome } from '../../sync/engine.ts'
import { useIsOnline } from '../useEngine.ts'

export type Page<Item, Cursor> = { items: readonly Item[]; next: Cursor | null }
type Ask<Item, Cursor> = (after: Cursor | null) => Promise<Outcome<Page<Item, Cursor>>>

export type Pages<Item> = {
  items: readonly Item[]
  /** `more`: the server has some that are not shown; `loading`: it is being asked. */
  state: 'loading' | 'more' | 'complete'
  /** Why the last question had no answer. */
  refused: Refusal | null
  showMore: () => void
  /** After an act whose outcome is known without asking again. */
  change: (map: (items: readonly Item[]) => readonly Item[]) => void
}

/** A list from the server, a page at a time; it begins again whenever `ask` is another function, or the connection is back. */
export function usePages<Item, Cursor>(ask: Ask<Item, Cursor>): Pages<Item> {
  const online = useIsOnline()
  const [shown, setShown] = useState<Shown<Item, Cursor>>({ ask: null, items: [], next: null, refused: null })
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    if (!online) return undefined
    let outdated = false
    async function begin() {
      const answer = await ask(null)
      if (!outdated) setShown(after({ items: [], next: null }, ask, answer))
    }
    void begin()
    return () => {
      outdated = true
    }
  }, [ask, online])

  async function more() {
    setBusy(true)
    const answer = await ask(shown.next)
    setBusy(false)
    // Another question was asked meanwhile: this answer is not one to it.
    setShown((before) => (before.ask === ask ? after(before, ask, answer) : before))
  }

  const loading = busy || (shown.ask !== ask && online)
  return {
    items: shown.items,
    state: loading ? 'loading' : shown.next === null && shown.refused === null ? 'complete' : 'more',
    refused: loading ? null : shown.refused,
    showMore: () => void more(),
    change: (map) => {
      setShown((before) => ({ ...before, items: map(before.items) }))
    },
  }
}

type Shown<Item, Cursor> = Page<Item, Cursor> & { ask: Ask<Item, Cursor> | null; refused: Refusal | null }

/** What was shown stays when there is no answer. */
function after<Item, Cursor>(before: Page<Item, Cursor>, ask: Ask<Item, Cursor>, answer: Outcome<Page<Item, Cursor>>): Shown<Item, Cursor> {
  if (!answer.ok) return { items: before.items, next: before.next, ask, refused: answer.refusal }
  return { items: [...before.items, ...answer.value.items], next: answer.value.next, ask, refused: null }
}
