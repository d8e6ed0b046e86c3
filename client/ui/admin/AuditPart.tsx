import { useCallback } from 'react'
import type { AuditAct, AuditPage, AuditRecord } from '../../../shared/protocol/administration.ts'
import { RegistrationMode } from '../../../shared/protocol/administration.ts'
import type { T } from '../language/language.ts'
import { currentLanguage } from '../language/language.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { useNow } from '../time/useNow.ts'
import { useEngine } from '../useEngine.ts'
import { PagedList } from './PagedList.tsx'
import { usePages } from './usePages.ts'

type Told = AuditRecord & { byName: string; onName: string }

export function AuditPart() {
  const { t, times } = useLanguage()
  const pages = usePages(useAskAudit())
  const now = useNow()
  return (
    <section className="admin__section" aria-label={t('admin.audit')}>
      <p className="admin__hint">{t('admin.auditHint')}</p>
      <PagedList pages={pages} label={t('admin.audit')} empty={t('admin.auditHint')}>
        {({ number, at, act, byName, onName, detail }) => (
          <li key={number}>
            <div className="admin__line">
              <span>
                <strong>
                  <bdi>{byName}</bdi>
                </strong> {t(`admin.acts.${act}`, { on: onName, detail: detailOf(act, detail, t) })}
              </span>
              <time className="admin__hint" dateTime={new Date(at).toISOString()} title={times.full(at)}>
                {times.stamp(at, now)}
              </time>
            </div>
          </li>
        )}
      </PagedList>
    </section>
  )
}

function useAskAudit() {
  const { administration } = useEngine()
  return useCallback(
    async (before: number | null) => {
      const answer = await administration.audit(before)
      return answer.ok ? { ok: true as const, value: { items: named(answer.value), next: answer.value.before ?? null } } : answer
    },
    [administration],
  )
}

/** Which registration it was set to stands in the log as a code, and so does that everything was exported. */
function detailOf(act: AuditAct, detail: string, t: T): string {
  if (act === 'exported') return detail === 'all' ? t('admin.exportedAll') : detail
  const mode = RegistrationMode.safeParse(detail)
  return act === 'registration-set' && mode.success ? t(`admin.modes.${mode.data}`) : detail
}

function named({ records, people }: AuditPage): Told[] {
  const { t } = currentLanguage()
  const names = new Map(people.map(({ id, name, handle }) => [id, `${name} (@${handle})`]))
  return records.map((record) => ({
    ...record,
    byName: record.by === null ? t('admin.commandLine') : (names.get(record.by) ?? t('admin.somebody')),
    onName: record.on === null ? '' : (names.get(record.on) ?? t('admin.somebody')),
  }))
}
