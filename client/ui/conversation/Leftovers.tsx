import type { Conversation, Leftover } from '../../sync/engine.ts'
import '../language/englishLater.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { copyText } from '../parts/copyText.ts'
import './Leftovers.css'

/** Replies, changes and the like that were never sent, where their messages are gone: why, and what can be done. */
export function Leftovers({ conversation, leftovers }: { conversation: Conversation; leftovers: readonly Leftover[] }) {
  const { t } = useLanguage()
  return (
    <ul className="leftovers" aria-label={t('leftovers.title')}>
      {leftovers.map((leftover) => (
        <li key={leftover.id}>
          <Row conversation={conversation} leftover={leftover} />
        </li>
      ))}
    </ul>
  )
}

function Row({ conversation, leftover: { id, kind, text, refusal } }: { conversation: Conversation; leftover: Leftover }) {
  const language = useLanguage()
  const { t } = language
  return (
    <>
      <p>
        <b>{t(`leftovers.kinds.${kind}`)}</b> {text === null ? null : <bdi>{text}</bdi>}
      </p>
      {refusal === null ? (
        <p className="leftovers__why">{t('conversation.marks.pending')}</p>
      ) : (
        <div className="refused" role="alert">
          <span>{t('conversation.notSent', { why: refusalWords(refusal, language) })}</span>
          <span className="refused__choices">
            {kind === 'reply' || kind === 'edit' ? (
              <button type="button" className="text-button" onClick={() => void copyText(text ?? '', { copied: t('conversation.copied'), failed: t('leftovers.cannotCopy') })}>
                {t('conversation.copy')}
              </button>
            ) : null}
            <button type="button" className="text-button text-button--danger" onClick={() => void conversation.discard(id)}>
              {t('conversation.discard')}
            </button>
          </span>
        </div>
      )}
    </>
  )
}
