import { startTransition, useOptimistic } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import type { NamedKind, Permissions, Role } from '../../../shared/conversation/membership.ts'
import { may } from '../../../shared/conversation/membership.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { Switch } from '../parts/Switch.tsx'
import { told } from '../parts/ToastStack.tsx'
import { useEngine, useIsOnline } from '../useEngine.ts'
import './PermissionTable.css'

type PermissionTableProps = { conversation: ConversationId; kind: NamedKind; role: Role; permissions: Permissions }

/** What members may do besides admins. Admins change it, everybody reads it. */
export function PermissionTable({ conversation, kind, role, permissions }: PermissionTableProps) {
  const { t } = useLanguage()
  const engine = useEngine()
  const online = useIsOnline()
  // A switch moves when it is pressed, and back if the server refuses.
  const [shown, show] = useOptimistic(permissions)
  const set = (right: keyof Permissions, on: boolean) => {
    const next: Permissions = { ...shown, [right]: on ? 'member' : 'admin' }
    startTransition(async () => {
      show(next)
      await told(engine.describe(conversation, { permissions: next }))
    })
  }
  const changes = online && may({ kind, permissions }, role, { type: 'permit' })
  return (
    <section className="permissions" aria-labelledby="permissions">
      <h4 id="permissions">{t('groups.permissions')}</h4>
      {changes ? (
        RIGHTS.map((right) => (
          <Switch
            key={right}
            label={t(`groups.rights.${right}`)}
            on={shown[right] === 'member'}
            onChange={(on) => {
              set(right, on)
            }}
          />
        ))
      ) : (
        <dl>
          {RIGHTS.map((right) => (
            <div key={right} className="permissions__row">
              <dt>{t(`groups.rights.${right}`)}</dt>
              <dd>{permissions[right] === 'member' ? t('groups.everyone') : t('groups.admins')}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

const RIGHTS = ['write', 'invite', 'pin', 'describe'] as const satisfies readonly (keyof Permissions)[]
