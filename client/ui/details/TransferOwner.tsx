import type { ConversationId } from '../../../shared/ids.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { told } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { words } from './words.ts'

export function TransferOwner({ conversation, heir, onClose }: { conversation: ConversationId; heir: Person; onClose: () => void }) {
  const engine = useEngine()
  return (
    <Confirm
      title={words.transferTitle(heir.name)}
      words={words.transferWords}
      action={words.transfer}
      onConfirm={() => {
        void told(engine.setRole(conversation, heir.id, 'owner')).then(onClose)
      }}
      onClose={onClose}
    />
  )
}
