import { useCallback, useState } from 'react'
import type { InviteId } from '../../../shared/ids.ts'
import type { Invite, NewInvite } from '../../../shared/protocol/administration.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { copyText } from '../parts/copyText.ts'
import { told } from '../parts/ToastStack.tsx'
import { whyOver } from '../parts/whyOver.ts'
import { useNow } from '../time/useNow.ts'
import { useEngine } from '../useEngine.ts'
import { InviteForm } from './InviteForm.tsx'
import { PagedList } from './PagedList.tsx'
import { usePages } from './usePages.ts'

export function InviteList() {
  const { t } = useLanguage()
  const { administration } = useEngine()
  const pages = usePages(useAskInvites())
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<NewInvite | null>(null)

  async function revoke(invite: Invite) {
    if (!(await told(administration.revokeInvite(invite.id), t('admin.wasRevoked')))) return
    pages.change((invites) => invites.map((other) => (other.id === invite.id ? { ...other, revokedAt: Date.now() } : other)))
    if (made?.invite.id === invite.id) setMade(null)
  }

  return (
    <section className="admin__section" aria-labelledby="invites">
      <div className="admin__bar">
        <h2 id="invites">{t('admin.invites')}</h2>
        {adding ? null : (
          <button
            type="button"
            className="button button--small"
            onClick={() => {
              setAdding(true)
              setMade(null)
            }}
          >
            {t('admin.newInvite')}
          </button>
        )}
      </div>
      <p className="admin__hint">{t('admin.invitesHint')}</p>
      {adding ? (
        <InviteForm
          onMade={(invite) => {
            setMade(invite)
            setAdding(false)
            pages.change((invites) => [invite.invite, ...invites])
          }}
          onCancel={() => {
            setAdding(false)
          }}
        />
      ) : null}
      {made === null ? null : (
        <Code
          code={made.code}
          onDone={() => {
            setMade(null)
          }}
        />
      )}
      <PagedList pages={pages} label={t('admin.invites')} empty={t('admin.noInvites')}>
        {(invite) => <InviteRow key={invite.id} invite={invite} onRevoke={revoke} />}
      </PagedList>
    </section>
  )
}

function Code({ code, onDone }: { code: string; onDone: () => void }) {
  const { t } = useLanguage()
  return (
    <div className="admin__code" role="status">
      <output aria-label={t('admin.code')}>{code}</output>
      <p>{t('admin.codeHint')}</p>
      <div className="form__row">
        <button type="button" className="button button--small" onClick={onDone}>
          {t('admin.done')}
        </button>
        <button type="button" className="button button--small button--primary" onClick={() => void copyText(code, { copied: t('admin.copied'), failed: t('admin.cannotCopy') })}>
          {t('admin.copy')}
        </button>
      </div>
    </div>
  )
}

function InviteRow({ invite, onRevoke }: { invite: Invite; onRevoke: (invite: Invite) => Promise<void> }) {
  const language = useLanguage()
  const { t, times } = language
  const now = useNow()
  const title = invite.note === '' ? t('admin.noNote') : invite.note
  const over = whyOver(invite, now, language)
  return (
    <li>
      <div className="admin__line">
        <strong dir="auto">{title}</strong>
        <span className="admin__hint">
          {t('admin.used', { uses: invite.uses, max: invite.maxUses })} · {t('admin.until', { moment: times.full(invite.expiresAt) })}
        </span>
      </div>
      {over === null ? (
        <button type="button" className="button button--small" aria-label={t('admin.revokeLabel', { note: title })} onClick={() => void onRevoke(invite)}>
          {t('admin.revoke')}
        </button>
      ) : (
        <span className="tag">{over}</span>
      )}
    </li>
  )
}

function useAskInvites() {
  const { administration } = useEngine()
  return useCallback(
    async (after: InviteId | null) => {
      const answer = await administration.invites(after)
      return answer.ok ? { ok: true as const, value: { items: answer.value.invites, next: answer.value.after ?? null } } : answer
    },
    [administration],
  )
}
