import type { ReactNode } from 'react'
import { useIsOnline } from '../useEngine.ts'
import type { Pages } from './usePages.ts'
import { words } from './words.ts'

type PagedListProps<Item> = { pages: Pages<Item>; label: string; empty: string; children: (item: Item) => ReactNode }

/** Its rows are `<li>`s with keys. */
export function PagedList<Item>({ pages, label, empty, children }: PagedListProps<Item>) {
  const { items, state, refused, showMore } = pages
  const online = useIsOnline()
  return (
    <>
      {items.length === 0 ? null : (
        <ul className="admin__list" aria-label={label}>
          {items.map(children)}
        </ul>
      )}
      {refused === null ? null : (
        <p className="notice notice--danger" role="alert">
          {refused}
        </p>
      )}
      {state === 'loading' ? (
        <p className="admin__hint empty__late" role="status">
          {words.loading}
        </p>
      ) : state === 'more' && online ? (
        <button type="button" className="button button--wide" onClick={showMore}>
          {refused === null ? words.more : words.again}
        </button>
      ) : items.length === 0 && online ? (
        <p className="admin__hint">{empty}</p>
      ) : null}
    </>
  )
}
