import type { ReactNode } from 'react'
import type { TimelineItem } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { ErasedIcon } from '../parts/Icon.tsx'
import { usePerson } from '../useEngine.ts'

/** What is left of a message that was deleted for everyone: that there was one. */
export function Erased({ item, named, children }: { item: TimelineItem; named: boolean; children: ReactNode }) {
  const { t, times, direction } = useLanguage()
  const by = usePerson(item.erasedBy ?? item.author)
  const foreign = item.erasedBy !== null && item.erasedBy !== item.author
  const words = item.own && !foreign ? t('messages.erasedByYou') : foreign && by !== null ? t('messages.erasedBy', { name: by.name }) : t('messages.erased')
  return (
    <>
      {named && !item.own ? <span className="entry__face" /> : null}
      <div className="entry__line">
        <div className="bubble bubble--erased">
          <div className="bubble__body" dir={direction}>
            <ErasedIcon className="bubble__erased" />
            {words}
            <span className="meta">
              <time dateTime={new Date(item.at).toISOString()}>{times.clock(item.at)}</time>
            </span>
          </div>
        </div>
        {children}
      </div>
    </>
  )
}
