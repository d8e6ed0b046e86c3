import { useCallback, useState } from 'react'
import type { InviteId } from '../../../shared/ids.ts'
import type { Invite, NewInvite } from '../../../shared/protocol/administration.ts'
import { toasts, told } from '../parts/ToastStack.tsx'
import { timeWords, useNow } from '../time/useNow.ts'
import { useEngine } from '../useEngine.ts'
import { InviteForm } from './InviteForm.tsx'
import { PagedList } from './PagedList.tsx'
import { usePages } from './usePages.ts'
import { words } from './words.ts'

export function InviteList() {
  const { administration } = useEngine()
  const pages = usePages(useAskInvites())
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<NewInvite | null>(null)

  async function revoke(invite: Invite) {
    if (!(await told(administration.revokeInvite(invite.id), words.wasRevoked))) return
    pages.change((invites) => invites.map((other) => (other.id === invite.id ? { ...other, revokedAt: Date.now() } : other)))
    if (made?.invite.id === invite.id) setMade(null)
  }

  return (
    <section className="admin__section" aria-labelledby="invites">
      <div className="admin__bar">
        <h2 id="invites">{words.invites}</h2>
        {adding ? null : (
          <button
            type="button"
            className="button button--small"
            onClick={() => {
              setAdding(true)
              setMade(null)
            }}
          >
            {words.newInvite}
          </button>
        )}
      </div>
      <p className="admin__hint">{words.invitesHint}</p>
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
      <PagedList pages={pages} label={words.invites} empty={words.noInvites}>
        {(invite) => <InviteRow key={invite.id} invite={invite} onRevoke={revoke} />}
      </PagedList>
    </section>
  )
}

function Code({ code, onDone }: { code: string; onDone: () => void }) {
  return (
    <div className="admin__code" role="status">
      <output aria-label={words.code}>{code}</output>
      <p>{words.codeHint}</p>
      <div className="form__row">
        <button type="button" className="button button--small" onClick={onDone}>
          {words.done}
        </button>
        <button type="button" className="button button--small button--primary" onClick={() => void copy(code)}>
          {words.copy}
        </button>
      </div>
    </div>
  )
}

async function copy(code: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(code)
  } catch (error) {
    // What a browser says that does not let this page write to the clipboard.
    if (!(error instanceof DOMException)) throw error
    toasts.show(words.cannotCopy, { tone: 'danger' })
    return
  }
  toasts.show(words.copied)
}

function InviteRow({ invite, onRevoke }: { invite: Invite; onRevoke: (invite: Invite) => Promise<void> }) {
  const now = useNow()
  const title = invite.note === '' ? words.noNote : invite.note
  const over = whyOver(invite, now)
  return (
    <li>
      <div className="admin__line">
        <strong dir="auto">{title}</strong>
        <span className="admin__hint">
          {words.used(invite.uses, invite.maxUses)} · {words.until(timeWords.full(invite.expiresAt))}
        </span>
      </div>
      {over === null ? (
        <button type="button" className="button button--small" aria-label={words.revokeLabel(title)} onClick={() => void onRevoke(invite)}>
          {words.revoke}
        </button>
      ) : (
        <span className="tag">{over}</span>
      )}
    </li>
  )
}

function whyOver({ revokedAt, uses, maxUses, expiresAt }: Invite, now: number): string | null {
  if (revokedAt !== null) return words.revoked
  if (uses >= maxUses) return words.usedUp
  return expiresAt <= now ? words.expired : null
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
