import { useCallback, useState } from 'react'
import type { ReportsPage, ReportSummary } from '../../../shared/protocol/administration.ts'
import type { ReportId } from '../../../shared/ids.ts'
import { currentLanguage } from '../language/language.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Segments } from '../settings/Segments.tsx'
import { useNow } from '../time/useNow.ts'
import { useEngine } from '../useEngine.ts'
import { PagedList } from './PagedList.tsx'
import { ReportDialog } from './ReportDialog.tsx'
import { usePages } from './usePages.ts'

type Told = ReportSummary & { byName: string; aboutName: string }

const WHICH = ['open', 'all'] as const

export function ReportsPart() {
  const { t } = useLanguage()
  const [which, setWhich] = useState<(typeof WHICH)[number]>('open')
  const [read, setRead] = useState<ReportId | null>(null)
  const pages = usePages(useAskReports(which === 'open'))
  return (
    <section className="admin__section" aria-label={t('admin.reports')}>
      <p className="admin__hint">{t('reports.hint')}</p>
      <Segments legend={t('reports.which')} name="which" values={WHICH} label={(value) => t(`reports.${value}`)} chosen={which} onChosen={setWhich} />
      <PagedList pages={pages} label={t('admin.reports')} empty={which === 'open' ? t('reports.noneOpen') : t('reports.none')}>
        {(report) => (
          <ReportRow
            key={report.id}
            report={report}
            onRead={() => {
              setRead(report.id)
            }}
          />
        )}
      </PagedList>
      {read === null ? null : (
        <ReportDialog
          id={read}
          onResolved={() => {
            const resolvedAt = Date.now()
            pages.change((reports) => (which === 'open' ? reports.filter(({ id }) => id !== read) : reports.map((report) => (report.id === read ? { ...report, resolvedAt } : report))))
          }}
          onClose={() => {
            setRead(null)
          }}
        />
      )}
    </section>
  )
}

function ReportRow({ report, onRead }: { report: Told; onRead: () => void }) {
  const { t, times } = useLanguage()
  const now = useNow()
  const { at, reason, byName, aboutName, entries, resolvedAt } = report
  return (
    <li>
      <div className="admin__line">
        <strong dir="auto">{aboutName}</strong>
        <span className="admin__hint">
          {t(`report.reasons.${reason}`)} · {t('reports.by', { name: byName })} · {t('reports.messages', { count: entries })} · {times.moment(at, now)}
        </span>
      </div>
      {resolvedAt === null ? null : <span className="tag">{t('reports.resolved')}</span>}
      <button type="button" className="button button--small" aria-label={t('reports.readLabel', { name: aboutName })} onClick={onRead}>
        {t('reports.read')}
      </button>
    </li>
  )
}

function useAskReports(open: boolean) {
  const { administration } = useEngine()
  return useCallback(
    async (after: ReportId | null) => {
      const answer = await administration.reports({ open, after })
      return answer.ok ? { ok: true as const, value: { items: named(answer.value), next: answer.value.after ?? null } } : answer
    },
    [administration, open],
  )
}

function named({ reports, people }: ReportsPage): Told[] {
  const { t } = currentLanguage()
  const names = new Map(people.map(({ id, name, handle }) => [id, `${name} (@${handle})`]))
  const nameOf = (id: ReportSummary['by']) => names.get(id) ?? t('admin.somebody')
  return reports.map((report) => ({ ...report, byName: nameOf(report.by), aboutName: nameOf(report.about) }))
}
