import type { Role } from '../../../shared/conversation/membership.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { Engine } from '../../sync/engine.ts'
import { currentLanguage } from '../language/language.ts'
import { useLanguage } from '../language/useLanguage.ts'
import type { MenuItem } from '../parts/Menu.tsx'
import { toasts, told } from '../parts/ToastStack.tsx'
import { writeTo } from '../people/writeTo.ts'
import { useEngine } from '../useEngine.ts'
import type { MemberAction } from './memberMenu.ts'

type MenuDeps = {
  onTransfer: (heir: Person) => void
  /** Something was changed: who does not hear of it from the replica asks again. */
  onChanged: () => void
}

export function useMemberMenu(id: ConversationId, person: Person, actions: readonly MemberAction[], deps: MenuDeps): () => MenuItem[] {
  const { t } = useLanguage()
  const engine = useEngine()
  const { onTransfer, onChanged } = deps
  const setRole = (role: Role) => void told(engine.setRole(id, person.id, role)).then(onChanged)
  const items: Record<MemberAction, MenuItem> = {
    write: { label: t('details.write'), run: () => void writeTo(engine, person.id) },
    'make-admin': { label: t('details.makeAdmin'), run: () => setRole('admin') },
    'make-member': { label: t('details.makeMember'), run: () => setRole('member') },
    'make-owner': {
      label: t('details.makeOwner'),
      run: () => {
        onTransfer(person)
      },
    },
    remove: { label: t('details.remove'), danger: true, run: () => void remove(engine, id, person, onChanged) },
    ban: { label: t('details.ban'), danger: true, run: () => void ban(engine, id, person, onChanged) },
  }
  return () => actions.map((action) => items[action])
}

async function remove(engine: Engine, id: ConversationId, person: Person, onChanged: () => void): Promise<void> {
  const { t } = currentLanguage()
  if (!(await told(engine.removeMember(id, person.id)))) return
  const undo = () => void told(engine.addMembers(id, [person.id])).then(onChanged)
  toasts.show(t('details.removed', { name: person.name }), { action: { label: t('details.undo'), run: undo } })
  onChanged()
}

async function ban(engine: Engine, id: ConversationId, person: Person, onChanged: () => void): Promise<void> {
  const { t } = currentLanguage()
  if (!(await told(engine.bans.ban(id, person.id)))) return
  toasts.show(t('details.banned', { name: person.name }), { action: { label: t('details.undo'), run: () => void undoBan(engine, id, person, onChanged) } })
  onChanged()
}

async function undoBan(engine: Engine, id: ConversationId, person: Person, onChanged: () => void): Promise<void> {
  if (await told(engine.bans.unban(id, person.id))) await told(engine.addMembers(id, [person.id]))
  onChanged()
}
