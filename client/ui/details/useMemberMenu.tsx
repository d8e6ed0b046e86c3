import type { ConversationId } from '../../../shared/ids.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { Engine } from '../../sync/engine.ts'
import type { MenuItem } from '../parts/Menu.tsx'
import { tellRefusal, toasts, told } from '../parts/ToastStack.tsx'
import { useEngine } from '../useEngine.ts'
import { navigate } from '../useRoute.ts'
import type { MemberAction } from './memberMenu.ts'
import { words } from './words.ts'

export function useMemberMenu(id: ConversationId, person: Person, actions: readonly MemberAction[], onTransfer: (heir: Person) => void): () => MenuItem[] {
  const engine = useEngine()
  const items: Record<MemberAction, MenuItem> = {
    write: { label: words.write, run: () => void write(engine, person) },
    'make-admin': { label: words.makeAdmin, run: () => void told(engine.setRole(id, person.id, 'admin')) },
    'make-member': { label: words.makeMember, run: () => void told(engine.setRole(id, person.id, 'member')) },
    'make-owner': {
      label: words.makeOwner,
      run: () => {
        onTransfer(person)
      },
    },
    remove: { label: words.remove, danger: true, run: () => void remove(engine, id, person) },
  }
  return () => actions.map((action) => items[action])
}

async function write(engine: Engine, person: Person): Promise<void> {
  const outcome = await engine.startDirect(person.id)
  if (outcome.ok) navigate({ conversation: outcome.value, panel: null })
  else tellRefusal(outcome.refusal)
}

async function remove(engine: Engine, id: ConversationId, person: Person): Promise<void> {
  if (!(await told(engine.removeMember(id, person.id)))) return
  toasts.show(words.removed(person.name), { action: { label: words.undo, run: () => void told(engine.addMembers(id, [person.id])) } })
}
