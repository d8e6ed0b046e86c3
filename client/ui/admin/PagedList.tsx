import type { ReactNode } from 'react'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useIsOnline } from '../useEngine.ts'
import type { Pages } from './usePages.ts'

type PagedListProps<Item> = { pages: Pages<Item>; label: string; empty: string; children: (item: Item) => ReactNode }

/** Its rows are `<li>`s with keys. */
export function PagedList<Item>({ pages, label, empty, children }: PagedListProps<Item>) {
  const language = useLanguage()
  const { t } = language
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
          {refusalWords(refused, language)}
        </p>
      )}
      {state === 'loading' ? (
        <p className="admin__hint empty__late" role="status">
          {t('admin.loading')}
        </p>
      ) : state === 'more' && online ? (
        <button type="button" className="button button--wide" onClick={showMore}>
          {refused === null ? t('admin.more') : t('admin.again')}
        </button>
      ) : items.length === 0 && online ? (
        <p className="admin__hint">{empty}</p>
      ) : null}
    </>
  )
}
