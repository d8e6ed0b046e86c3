import { useEffect, useState } from 'react'
import type { StorageFigures } from '../../../shared/protocol/administration.ts'
import type { Outcome } from '../../sync/engine.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useEngine, useIsOnline } from '../useEngine.ts'

export function StoragePart() {
  const language = useLanguage()
  const { t } = language
  const { administration } = useEngine()
  const online = useIsOnline()
  const [found, setFound] = useState<Outcome<StorageFigures> | null>(null)
  useEffect(() => {
    if (online) void administration.storage().then(setFound)
  }, [administration, online])
  return (
    <section className="admin__section" aria-label={t('admin.storage')}>
      {found === null ? (
        <p className="admin__hint empty__late">{t('admin.loading')}</p>
      ) : found.ok ? (
        <Figures found={found.value} />
      ) : (
        <p className="notice notice--danger" role="alert">
          {refusalWords(found.refusal, language)}
        </p>
      )}
    </section>
  )
}

function Figures({ found }: { found: StorageFigures }) {
  const { locale, t, number } = useLanguage()
  const megabytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
  return (
    <dl className="admin__figures">
      {FIGURES.map((figure) => (
        <div key={figure}>
          <dt>{t(`admin.figures.${figure}`)}</dt>
          <dd>{figure === 'databaseBytes' ? megabytes.format(found.databaseBytes / 1_000_000) : number(found[figure])}</dd>
        </div>
      ))}
    </dl>
  )
}

const FIGURES = ['databaseBytes', 'accounts', 'placeholders', 'sessions', 'conversations', 'entries'] as const satisfies readonly (keyof StorageFigures)[]
