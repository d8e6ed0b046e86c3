import { useId, useState } from 'react'
import type { UserId } from '../../../shared/ids.ts'
import { REPORT_MAX_CHARS } from '../../../shared/limits.ts'
import { ReportReason } from '../../../shared/protocol/api.ts'
import type { Conversation, TimelineItem } from '../../sync/engine.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { Switch } from '../parts/Switch.tsx'
import { kept } from '../unsent/kept.ts'
import { reportAndTell } from './reportAndTell.ts'
import { useEngine, useIsBlocked, usePerson } from '../useEngine.ts'
import '../account/Field.css'
import './ReportForm.css'

type ReportFormProps = { about: UserId; from: { conversation: Conversation; item: TimelineItem } | null; onClose: () => void }

/** To the administrators. What they will see stands in it before it is sent. */
export function ReportForm({ about, from, onClose }: ReportFormProps) {
  const { t } = useLanguage()
  const name = usePerson(about)?.name ?? t('conversation.someone')
  const isBlocked = useIsBlocked(about)
  const { reason, setReason, words, setWords, blocks, setBlocks, busy, send } = useReport(about, from, onClose)
  const id = useId()
  return (
    <Dialog
      title={t('report.title', { name })}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>
            {t('parts.cancel')}
          </button>
          <button type="submit" form={`${id}-report`} className="button button--danger" disabled={reason === null || busy}>
            {t('report.send')}
          </button>
        </>
      }
    >
      <form
        id={`${id}-report`}
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p className="prose">{t('report.hint', { name })}</p>
        <Reasons chosen={reason} onChosen={setReason} />
        <div className="field">
          <label htmlFor={`${id}-words`}>{t('report.words')}</label>
          <textarea
            id={`${id}-words`}
            className="input report__words"
            dir="auto"
            rows={3}
            maxLength={REPORT_MAX_CHARS}
            value={words}
            onChange={(event) => {
              setWords(event.target.value)
            }}
          />
        </div>
        <Shown item={from?.item ?? null} />
        {isBlocked ? null : <Switch label={t('report.block', { name })} on={blocks} onChange={setBlocks} />}
      </form>
    </Dialog>
  )
}

function Reasons({ chosen, onChosen }: { chosen: ReportReason | null; onChosen: (reason: ReportReason) => void }) {
  const { t } = useLanguage()
  return (
    <fieldset className="report__reasons">
      <legend>{t('report.reason')}</legend>
      {ReportReason.options.map((reason) => (
        <label key={reason}>
          <input
            type="radio"
            name="reason"
            required
            checked={reason === chosen}
            onChange={() => {
              onChosen(reason)
            }}
          />
          {t(`report.reasons.${reason}`)}
        </label>
      ))}
    </fieldset>
  )
}

function Shown({ item }: { item: TimelineItem | null }) {
  const { t } = useLanguage()
  if (item === null) return <p className="notice">{t('report.showsNothing')}</p>
  return (
    <div className="notice">
      <p>{item.versions.length === 0 ? t('report.shows') : t('report.showsVersions')}</p>
      <blockquote className="report__shown" dir="auto">
        {item.body.text}
      </blockquote>
      <p>{t('report.keeps')}</p>
    </div>
  )
}

function useReport(about: UserId, from: ReportFormProps['from'], onClose: () => void) {
  const engine = useEngine()
  const [reason, setReason] = useState<ReportReason | null>(null)
  const [words, setWords] = useState('')
  const [blocks, setBlocks] = useState(false)
  const [busy, setBusy] = useState(false)

  async function send() {
    if (reason === null) return
    setBusy(true)
    const shown = from === null ? {} : { conversation: from.conversation.id, entries: [from.item.id] }
    const reported = await kept(engine, reportAndTell(engine, { about, reason, words, ...shown }))
    // Who could not report can still block, from the card.
    if (reported && blocks) await kept(engine, engine.block(about))
    setBusy(false)
    if (reported) onClose()
  }
  return { reason, setReason, words, setWords, blocks, setBlocks, busy, send }
}
