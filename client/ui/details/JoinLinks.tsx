import { useCallback, useState } from 'react'
import type { ConversationId } from '../../../shared/ids.ts'
import type { JoinLink, NewJoinLink } from '../../../shared/protocol/joinLinks.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { LinkIcon } from '../parts/Icon.tsx'
import { told } from '../parts/ToastStack.tsx'
import { whyOver } from '../parts/whyOver.ts'
import { useNow } from '../time/useNow.ts'
import { useEngine, useIsOnline, usePerson } from '../useEngine.ts'
import { JoinLinkForm } from './JoinLinkForm.tsx'
import { MadeLink } from './MadeLink.tsx'
import { useAnswer } from './useAnswer.ts'
import './JoinLinks.css'

/** For whoever may add people: the links into a group or a channel. */
export function JoinLinks({ conversation }: { conversation: ConversationId }) {
  const language = useLanguage()
  const { t } = language
  const online = useIsOnline()
  const { joinLinks } = useEngine()
  const links = useAnswer(useCallback(() => joinLinks.list(conversation), [joinLinks, conversation]))
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<NewJoinLink | null>(null)
  const revoke = async ({ id }: JoinLink) => {
    if (!(await told(joinLinks.revoke(conversation, id), t('links.wasRevoked')))) return
    if (made?.link.id === id) setMade(null)
    await links.ask()
  }
  return (
    <section className="links" aria-labelledby="links">
      <h4 id="links">{t('links.title')}</h4>
      {adding ? (
        <JoinLinkForm
          conversation={conversation}
          onMade={(next) => {
            setMade(next)
            setAdding(false)
            void links.ask()
          }}
          onCancel={() => {
            setAdding(false)
          }}
        />
      ) : (
        <button
          type="button"
          className="person-button details__add"
          disabled={!online}
          onClick={() => {
            setAdding(true)
            setMade(null)
          }}
        >
          <span className="details__add-icon">
            <LinkIcon />
          </span>
          {t('links.make')}
        </button>
      )}
      {made === null ? null : <MadeLink code={made.code} />}
      {links.refused === null ? null : <p className="details__note">{refusalWords(links.refused, language)}</p>}
      {links.value === null ? null : <LinkList links={links.value} onRevoke={revoke} />}
    </section>
  )
}

function LinkList({ links, onRevoke }: { links: readonly JoinLink[]; onRevoke: (link: JoinLink) => Promise<void> }) {
  const { t } = useLanguage()
  if (links.length === 0) return <p className="details__note">{t('links.none')}</p>
  return (
    <ul aria-labelledby="links">
      {links.map((link) => (
        <LinkRow key={link.id} link={link} onRevoke={onRevoke} />
      ))}
    </ul>
  )
}

function LinkRow({ link, onRevoke }: { link: JoinLink; onRevoke: (link: JoinLink) => Promise<void> }) {
  const language = useLanguage()
  const { t, times } = language
  const maker = usePerson(link.createdBy)
  const over = whyOver(link, useNow(), language)
  const made = t('links.by', { name: maker?.name ?? t('conversation.someone') })
  return (
    <li className="links__row">
      <span className="links__about">
        <span dir="auto">{made}</span>
        <span className="details__note">
          {t('admin.used', { uses: link.uses, max: link.maxUses })} · {t('admin.until', { moment: times.full(link.expiresAt) })}
          {link.approval ? <> · {t('links.asks')}</> : null}
        </span>
      </span>
      {over === null ? (
        <button type="button" className="button button--small" aria-label={t('links.revokeLabel', { moment: times.full(link.createdAt) })} onClick={() => void onRevoke(link)}>
          {t('admin.revoke')}
        </button>
      ) : (
        <span className="tag">{over}</span>
      )}
    </li>
  )
}
