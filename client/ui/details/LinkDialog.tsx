import { useState } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import type { NewJoinLink } from '../../../shared/protocol/joinLinks.ts'
import '../language/englishLater.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { JoinLinkForm } from './JoinLinkForm.tsx'
import { MadeLink } from './MadeLink.tsx'

/** A link into a conversation, made and copied without its details. */
export function LinkDialog({ conversation, onClose }: { conversation: ConversationId; onClose: () => void }) {
  const { t } = useLanguage()
  const [made, setMade] = useState<NewJoinLink | null>(null)
  return (
    <Dialog title={t('links.make')} size="small" onClose={onClose}>
      {made === null ? <JoinLinkForm conversation={conversation} onMade={setMade} onCancel={onClose} /> : <MadeLink code={made.code} />}
    </Dialog>
  )
}
