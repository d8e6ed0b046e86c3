import { useEffect, useState } from 'react'
import type { ReportId } from '../../../shared/ids.ts'
import type { ReportAnswer, ReportedEntry } from '../../../shared/protocol/administration.ts'
import type { Outcome } from '../../sync/engine.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { told } from '../parts/ToastStack.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { useNow } from '../time/useNow.ts'
import { useEngine } from '../useEngine.ts'

type ReportDialogProps = { id: ReportId; onResolved: () => void; onClose: () => void }

/** That it was read stands in the audit log. */
export function ReportDialog({ id, onResolved, onClose }: ReportDialogProps) {
  const language = useLanguage()
  const { t } = language
  const { administration } = useEngine()
  const answer = useReport(id)
  const resolve = async () => {
    if (!(await told(administration.resolveReport(id), t('reports.wasResolved')))) return
    onResolved()
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
        <Report answer={answer.value} />
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
      {report.resolvedAt === null ? null : <p className="admin__hint">{t('reports.resolvedAt', { moment: times.moment(report.resolvedAt, now) })}</p>}
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
function Shown({ entry: { at, texts } }: { entry: ReportedEntry }) {
  const { times } = useLanguage()
  const now = useNow()
  return (
    <blockquote className="admin__shown">
      <p className="admin__hint">{times.moment(at, now)}</p>
      {texts.map((text, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- What was said once stays in its place.
        <p key={index} dir="auto">
          {text}
        </p>
      ))}
    </blockquote>
  )
}

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
