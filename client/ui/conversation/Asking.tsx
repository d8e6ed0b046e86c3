import type { ConversationId } from '../../../shared/ids.ts'
import '../language/englishLater.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { navigate } from '../useRoute.ts'
import './Asking.css'

/** On the button that opens the details, where it is decided. */
export function AskingBadge({ count }: { count: number }) {
  const { t, number } = useLanguage()
  return (
    <>
      <span className="badge" aria-hidden="true">
        {number(count)}
      </span>
      <span className="unseen">{t('links.asking', { count })}</span>
    </>
  )
}

/** Under the header, for those who decide: gone as soon as anybody has. */
export function AskingLine({ conversation, count }: { conversation: ConversationId; count: number }) {
  const { t } = useLanguage()
  return (
    <div className="asking">
      <p role="status">{t('links.asking', { count })}</p>
      <button
        type="button"
        className="button button--small"
        onClick={() => {
          navigate({ conversation, panel: 'details' })
        }}
      >
        {t('links.decide')}
      </button>
    </div>
  )
}
