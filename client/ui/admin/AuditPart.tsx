import { useCallback } from 'react'
import type { AuditPage, AuditRecord } from '../../../shared/protocol/administration.ts'
import { timeWords, useNow } from '../time/useNow.ts'
import { useEngine } from '../useEngine.ts'
import { PagedList } from './PagedList.tsx'
import { usePages } from './usePages.ts'
import { acts, parts, words } from './words.ts'

type Told = AuditRecord & { byName: string; onName: string }

export function AuditPart() {
  const pages = usePages(useAskAudit())
  const now = useNow()
  return (
    <section className="admin__section" aria-label={parts.audit}>
      <p className="admin__hint">{words.auditHint}</p>
      <PagedList pages={pages} label={parts.audit} empty={words.auditHint}>
        {({ number, at, act, byName, onName, detail }) => (
          <li key={number}>
            <div className="admin__line">
              <span dir="auto">
                <strong>{byName}</strong> {acts[act](onName, detail)}
              </span>
              <time className="admin__hint" dateTime={new Date(at).toISOString()} title={timeWords.full(at)}>
                {timeWords.moment(at, now)}
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

function named({ records, people }: AuditPage): Told[] {
  const names = new Map(people.map(({ id, name, handle }) => [id, `${name} (@${handle})`]))
  return records.map((record) => ({
    ...record,
    byName: record.by === null ? words.commandLine : (names.get(record.by) ?? words.somebody),
    onName: record.on === null ? '' : (names.get(record.on) ?? words.somebody),
  }))
}
