import type { Role } from '../../../shared/conversation/membership.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { Engine } from '../../sync/engine.ts'
import type { MenuItem } from '../parts/Menu.tsx'
import { toasts, told } from '../parts/ToastStack.tsx'
import { writeTo } from '../people/writeTo.ts'
import { useEngine } from '../useEngine.ts'
import type { MemberAction } from './memberMenu.ts'
import { words } from './words.ts'

type MenuDeps = {
  onTransfer: (heir: Person) => void
  /** Something was changed: who does not hear of it from the replica asks again. */
  onChanged: () => void
}

export function useMemberMenu(id: ConversationId, person: Person, actions: readonly MemberAction[], deps: MenuDeps): () => MenuItem[] {
  const engine = useEngine()
  const { onTransfer, onChanged } = deps
  const setRole = (role: Role) => void told(engine.setRole(id, person.id, role)).then(onChanged)
  const items: Record<MemberAction, MenuItem> = {
    write: { label: words.write, run: () => void writeTo(engine, person.id) },
    'make-admin': { label: words.makeAdmin, run: () => setRole('admin') },
    'make-member': { label: words.makeMember, run: () => setRole('member') },
    'make-owner': {
      label: words.makeOwner,
      run: () => {
        onTransfer(person)
      },
    },
    remove: { label: words.remove, danger: true, run: () => void remove(engine, id, person, onChanged) },
  }
  return () => actions.map((action) => items[action])
}

async function remove(engine: Engine, id: ConversationId, person: Person, onChanged: () => void): Promise<void> {
  if (!(await told(engine.removeMember(id, person.id)))) return
  const undo = () => void told(engine.addMembers(id, [person.id])).then(onChanged)
  toasts.show(words.removed(person.name), { action: { label: words.undo, run: undo } })
  onChanged()
}
