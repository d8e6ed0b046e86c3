import { useEffect, useState } from 'react'
import type { StorageFigures } from '../../../shared/protocol/administration.ts'
import type { Outcome } from '../../sync/engine.ts'
import { useEngine, useIsOnline } from '../useEngine.ts'
import { figures, parts, words } from './words.ts'

export function StoragePart() {
  const { administration } = useEngine()
  const online = useIsOnline()
  const [found, setFound] = useState<Outcome<StorageFigures> | null>(null)
  useEffect(() => {
    if (online) void administration.storage().then(setFound)
  }, [administration, online])
  return (
    <section className="admin__section" aria-label={parts.storage}>
      {found === null ? (
        <p className="admin__hint empty__late">{words.loading}</p>
      ) : found.ok ? (
        <Figures found={found.value} />
      ) : (
        <p className="notice notice--danger" role="alert">
          {found.refusal.words}
        </p>
      )}
    </section>
  )
}

function Figures({ found }: { found: StorageFigures }) {
  return (
    <dl className="admin__figures">
      {FIGURES.map((figure) => (
        <div key={figure}>
          <dt>{figures[figure]}</dt>
          <dd>{figure === 'databaseBytes' ? megabytes.format(found.databaseBytes / 1_000_000) : number.format(found[figure])}</dd>
        </div>
      ))}
    </dl>
  )
}

const FIGURES = Object.keys(figures) as (keyof typeof figures)[] // The keys of a constant.
const number = new Intl.NumberFormat()
const megabytes = new Intl.NumberFormat(undefined, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
