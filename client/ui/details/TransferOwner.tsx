import type { ConversationId } from '../../../shared/ids.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { told } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { words } from './words.ts'

type TransferOwnerProps = { conversation: ConversationId; heir: Person; onChanged: () => void; onClose: () => void }

export function TransferOwner({ conversation, heir, onChanged, onClose }: TransferOwnerProps) {
  const engine = useEngine()
  async function transfer() {
    if (await told(engine.setRole(conversation, heir.id, 'owner'))) onChanged()
    onClose()
  }
  return (
    <Confirm
      title={words.transferTitle(heir.name)}
      words={words.transferWords}
      action={words.transfer}
      onConfirm={() => void transfer()}
      onClose={onClose}
    />
  )
}
