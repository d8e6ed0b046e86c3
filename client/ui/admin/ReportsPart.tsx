import { useCallback, useState } from 'react'
import type { ReportsPage, ReportState, ReportSummary } from '../../../shared/protocol/administration.ts'
import type { ReportId, UserId } from '../../../shared/ids.ts'
import { currentLanguage } from '../language/language.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Segments } from '../settings/Segments.tsx'
import { useNow } from '../time/useNow.ts'
import { useEngine } from '../useEngine.ts'
import { PagedList } from './PagedList.tsx'
import { ReportDialog } from './ReportDialog.tsx'
import { resolvedWords } from './resolvedWords.ts'
import { usePages } from './usePages.ts'

type Told = ReportSummary & { byName: string; aboutName: string; resolvedByName: string | null }

const WHICH = ['open', 'resolved', 'all'] as const
type Which = (typeof WHICH)[number]
const STATES: Record<Which, ReportState | null> = { open: 'open', resolved: 'resolved', all: null }
const NONE = { open: 'reports.noneOpen', resolved: 'reports.noneResolved', all: 'reports.none' } as const satisfies Record<Which, string>

export function ReportsPart() {
  const { t } = useLanguage()
  const [which, setWhich] = useState<Which>('open')
  const [read, setRead] = useState<ReportId | null>(null)
  const pages = usePages(useAskReports(STATES[which]))
  return (
    <section className="admin__section" aria-label={t('admin.reports')}>
      <p className="admin__hint">{t('reports.hint')}</p>
      <Segments legend={t('reports.which')} name="which" values={WHICH} label={(value) => t(`reports.${value}`)} chosen={which} onChosen={setWhich} />
      <PagedList pages={pages} label={t('admin.reports')} empty={t(NONE[which])}>
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
          onResolved={(resolved) => {
            pages.change((reports) => (which === 'open' ? reports.filter(({ id }) => id !== read) : reports.map((report) => (report.id === read ? { ...report, ...resolved } : report))))
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
  const { at, reason, byName, aboutName, entries, resolvedAt, resolvedByName } = report
  return (
    <li>
      <div className="admin__line">
        <strong dir="auto">{aboutName}</strong>
        <span className="admin__hint">
          {t(`report.reasons.${reason}`)} · {t('reports.by', { name: byName })} · {t('reports.messages', { count: entries })} · {times.moment(at, now)}
        </span>
        {resolvedAt === null ? null : <span className="admin__hint">{resolvedWords(t, resolvedByName, times.moment(resolvedAt, now))}</span>}
      </div>
      <button type="button" className="button button--small" aria-label={t('reports.readLabel', { name: aboutName })} onClick={onRead}>
        {t('reports.read')}
      </button>
    </li>
  )
}

function useAskReports(state: ReportState | null) {
  const { administration } = useEngine()
  return useCallback(
    async (after: ReportId | null) => {
      const answer = await administration.reports({ state, after })
      return answer.ok ? { ok: true as const, value: { items: named(answer.value), next: answer.value.after ?? null } } : answer
    },
    [administration, state],
  )
}

function named({ reports, people }: ReportsPage): Told[] {
  const { t } = currentLanguage()
  const names = new Map(people.map(({ id, name, handle }) => [id, `${name} (@${handle})`]))
  const nameOf = (id: UserId) => names.get(id) ?? t('admin.somebody')
  return reports.map((report) => ({ ...report, byName: nameOf(report.by), aboutName: nameOf(report.about), resolvedByName: report.resolvedBy === null ? null : nameOf(report.resolvedBy) }))
}
