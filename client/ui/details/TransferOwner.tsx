import type { ConversationId } from '../../../shared/ids.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { told } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'

type TransferOwnerProps = { conversation: ConversationId; heir: Person; onChanged: () => void; onClose: () => void }

export function TransferOwner({ conversation, heir, onChanged, onClose }: TransferOwnerProps) {
  const { t } = useLanguage()
  const engine = useEngine()
  async function transfer() {
    if (await told(engine.setRole(conversation, heir.id, 'owner'))) onChanged()
    onClose()
  }
  return (
    <Confirm
      title={t('details.transferTitle', { name: heir.name })}
      words={t('details.transferWords')}
      action={t('details.transfer')}
      onConfirm={() => void transfer()}
      onClose={onClose}
    />
  )
}
