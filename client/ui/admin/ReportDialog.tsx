import { useEffect, useId, useState } from 'react'
import type { ReportId, UserId } from '../../../shared/ids.ts'
import { REPORT_MAX_CHARS } from '../../../shared/limits.ts'
import type { ReportAnswer, ReportedEntry } from '../../../shared/protocol/administration.ts'
import type { Outcome } from '../../sync/engine.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { told } from '../parts/ToastStack.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { useNow } from '../time/useNow.ts'
import { useEngine } from '../useEngine.ts'
import { resolvedWords } from './resolvedWords.ts'
import '../account/Field.css'

type ReportDialogProps = { id: ReportId; onResolved: (resolved: Resolved) => void; onClose: () => void }

/** That it was read stands in the audit log. */
export function ReportDialog({ id, onResolved, onClose }: ReportDialogProps) {
  const language = useLanguage()
  const { t } = language
  const { administration, account } = useEngine()
  const answer = useReport(id)
  const [words, setWords] = useState('')
  const resolve = async () => {
    if (!(await told(administration.resolveReport(id, words.trim()), t('reports.wasResolved')))) return
    const me = account.get()
    onResolved({ resolvedAt: Date.now(), ...(me.state === 'signed-in' ? { resolvedBy: me.person.id, resolvedByName: me.person.name } : {}) })
    onClose()
  }
  const isOpen = answer?.ok === true && answer.value.report.resolvedAt === null
  return (
    <Dialog
      title={t('reports.title')}
      onClose={onClose}
      footer={
        isOpen ? (
          <button type="button" className="button button--primary" onClick={() => void resolve()}>
            {t('reports.resolve')}
          </button>
        ) : undefined
      }
    >
      {answer === null ? (
        <p className="admin__hint">{t('admin.loading')}</p>
      ) : answer.ok ? (
        <>
          <Report answer={answer.value} />
          {isOpen ? <Words words={words} onChange={setWords} /> : null}
        </>
      ) : (
        <p className="notice notice--danger" role="alert">
          {refusalWords(answer.refusal, language)}
        </p>
      )}
    </Dialog>
  )
}

function Report({ answer: { report, people } }: { answer: ReportAnswer }) {
  const { t, times } = useLanguage()
  const now = useNow()
  const personOf = (id: typeof report.by) => people.find((person) => person.id === id)
  const [about, by] = [personOf(report.about), personOf(report.by)]
  const resolver = report.resolvedBy === null ? null : (personOf(report.resolvedBy)?.name ?? t('admin.somebody'))
  return (
    <div className="admin__section">
      <p>
        <strong>{t(`report.reasons.${report.reason}`)}</strong> <span className="admin__hint">{times.moment(report.at, now)}</span>
      </p>
      {about === undefined ? null : <Named label={t('reports.about')} person={<PersonRow person={about} />} />}
      {by === undefined ? null : <Named label={t('reports.reporter')} person={<PersonRow person={by} />} />}
      {report.words === '' ? null : (
        <p className="admin__words" dir="auto">
          {report.words}
        </p>
      )}
      {report.shown.length === 0 ? <p className="admin__hint">{t('reports.nothingShown')}</p> : report.shown.map((entry) => <Shown key={entry.id} entry={entry} />)}
      {report.resolvedAt === null ? null : (
        <div>
          <p className="admin__hint">{resolvedWords(t, resolver, times.moment(report.resolvedAt, now))}</p>
          {report.resolvedWords === '' ? null : (
            <p className="admin__words" dir="auto">
              {report.resolvedWords}
            </p>
          )}
        </div>
      )}
    </div>
  )
}

function Named({ label, person }: { label: string; person: React.ReactNode }) {
  return (
    <div>
      <p className="admin__hint">{label}</p>
      {person}
    </div>
  )
}

/** Everything it has said, oldest first. */
function Shown({ entry: { at, texts, erased } }: { entry: ReportedEntry }) {
  const { t, times } = useLanguage()
  const now = useNow()
  return (
    <blockquote className="admin__shown">
      <p className="admin__hint">{times.stamp(at, now)}</p>
      {texts.map((text, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- What was said once stays in its place.
        <p key={index} dir="auto">
          {text}
        </p>
      ))}
      {erased ? <p className="admin__hint">{texts.length === 0 ? t('reports.erased') : t('reports.erasedSince')}</p> : null}
    </blockquote>
  )
}

/** For the other administrators: what was done. */
function Words({ words, onChange }: { words: string; onChange: (words: string) => void }) {
  const { t } = useLanguage()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{t('reports.resolveWords')}</label>
      <textarea
        id={id}
        className="input"
        dir="auto"
        rows={2}
        maxLength={REPORT_MAX_CHARS}
        value={words}
        onChange={(event) => {
          onChange(event.target.value)
        }}
      />
    </div>
  )
}

/** What the list shows of it from then on. */
type Resolved = { resolvedAt: number; resolvedBy?: UserId; resolvedByName?: string }

function useReport(id: ReportId): Outcome<ReportAnswer> | null {
  const { administration } = useEngine()
  const [answer, setAnswer] = useState<Outcome<ReportAnswer> | null>(null)
  useEffect(() => {
    let outdated = false
    async function ask() {
      const next = await administration.readReport(id)
      if (!outdated) setAnswer(next)
    }
    void ask()
    return () => {
      outdated = true
    }
  }, [administration, id])
  return answer
}
