import type { KeyboardEvent, ReactNode } from 'react'
import { useEffect, useReducer, useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { Virtualizer } from 'virtua'
import type { ConversationId } from '../../../shared/ids.ts'
import type { InboxItem } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useEngine, useIsOnline } from '../useEngine.ts'
import { InboxRow } from './InboxRow.tsx'

type InboxListProps = {
  rows: readonly InboxItem[]
  active: ConversationId | null
  complete: boolean
  filtered: boolean
  /** What stands after the rows. */
  children: ReactNode
}

/** Draws only the rows in view; older pages come when the end is near. Arrow keys walk through it. */
export function InboxList({ rows, active, complete, filtered, children }: InboxListProps) {
  const { t } = useLanguage()
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const nearEnd = useLoadMore(complete, filtered, list)
  return (
    <div ref={scroller} className="inbox__list">
      <nav
        aria-label={t('inbox.conversations')}
        onKeyDown={(event) => {
          walk(event, list.current, rows.length)
        }}
      >
        <Virtualizer ref={list} scrollRef={scroller} as="ul" item="li" data={rows} onScroll={nearEnd}>
          {(row, index) => <InboxRow key={row.conversation} row={row} index={index} active={row.conversation === active} />}
        </Virtualizer>
      </nav>
      {complete ? null : <div className="inbox__more" aria-hidden="true" />}
      {children}
    </div>
  )
}

/** Asks for the next page when the end comes near, and for all of them while a search looks through. */
function useLoadMore(complete: boolean, filtered: boolean, list: { readonly current: VirtualizerHandle | null }) {
  const engine = useEngine()
  // Drawn again when the connection is back, which may bring what it could not before.
  useIsOnline()
  const loading = useRef(false)
  const [, drawAgain] = useReducer((pages: number) => pages + 1, 0)

  function nearEnd() {
    const view = list.current
    if (view === null || complete || loading.current) return
    if (!filtered && view.scrollOffset + view.viewportSize < view.scrollSize - LOAD_BEFORE_END_PX) return
    loading.current = true
    const before = engine.inbox.get()
    void engine.loadMoreInbox().finally(() => {
      loading.current = false
      // Its rows may have been drawn while it was still under way. Without a connection nothing came, and asking on would not end.
      if (engine.inbox.get() !== before) drawAgain()
    })
  }
  // After each page and on a search: the end may still be near.
  useEffect(nearEnd)
  return nearEnd
}

function walk(event: KeyboardEvent<HTMLElement>, list: VirtualizerHandle | null, length: number): void {
  const row = document.activeElement?.closest('[data-index]')
  if (list === null || !(row instanceof HTMLElement)) return
  const index = Number(row.dataset['index'])
  const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  if (to < 0) document.querySelector<HTMLElement>('#search')?.focus()
  if (to < 0 || to >= length) return
  const nav = event.currentTarget
  list.scrollToIndex(to, { align: 'nearest' })
  // A row that was out of view is drawn before the next frame.
  requestAnimationFrame(() => {
    nav.querySelector<HTMLElement>(`[data-index="${to}"] a`)?.focus()
  })
}

const LOAD_BEFORE_END_PX = 800
