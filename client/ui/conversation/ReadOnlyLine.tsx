import type { ConversationKind } from '../../../shared/conversation/membership.ts'
import { useLanguage } from '../language/useLanguage.ts'
import './ReadOnlyLine.css'

/** In place of the composer, where writing is left to others: better said before than refused after. */
export function ReadOnlyLine({ kind }: { kind: ConversationKind }) {
  const { t } = useLanguage()
  return <p className="read-only">{kind === 'channel' ? t('groups.channelReadOnly') : t('groups.readOnly')}</p>
}
