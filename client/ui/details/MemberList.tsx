import type { ReactNode } from 'react'
import { useMemo, useState } from 'react'
import type { Member, Permissions, Role } from '../../../shared/conversation/membership.ts'
import { may } from '../../../shared/conversation/membership.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { UserId } from '../../../shared/ids.ts'
import type { Conversation, Readable } from '../../sync/engine.ts'
import { refusalWords } from '../language/refusalWords.ts'
import { useLanguage } from '../language/useLanguage.ts'
import { PersonButton } from '../people/PersonButton.tsx'
import { AddPersonIcon, MoreIcon } from '../parts/Icon.tsx'
import { Menu } from '../parts/Menu.tsx'
import { useEngine, useIsOnline, usePerson, useSelf } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { AddPeople } from './AddPeople.tsx'
import { memberActions, sortMembers } from './memberMenu.ts'
import { TransferOwner } from './TransferOwner.tsx'
import { useMemberMenu } from './useMemberMenu.tsx'
import { useMemberPages } from './useMemberPages.ts'

type MemberListProps = { conversation: Conversation; role: Role; permissions: Permissions; count: number }

export function MemberList({ conversation, role, permissions, count }: MemberListProps) {
  const members = useReadable(conversation.members)
  return members.length === 0 && count > 0 ? (
    <PagedMembers conversation={conversation} role={role} permissions={permissions} count={count} />
  ) : (
    <MemberSection conversation={conversation} role={role} permissions={permissions} count={count} onChanged={nothing}>
      <SortedMembers conversation={conversation} role={role} members={members} />
    </MemberSection>
  )
}

/** A group whose members the replica does not hold: from the server, a page at a time, in the server's order. */
function PagedMembers({ conversation, role, permissions, count }: MemberListProps) {
  const language = useLanguage()
  const { t } = language
  const pages = useMemberPages(conversation.id, count)
  return (
    <MemberSection conversation={conversation} role={role} permissions={permissions} count={count} onChanged={pages.reload}>
      <Members conversation={conversation} role={role} members={pages.members} onChanged={pages.reload} />
      {pages.refused === null ? null : <p className="details__note">{refusalWords(pages.refused, language)}</p>}
      {pages.state === 'loading' ? (
        <p className="details__note">{t('details.loading')}</p>
      ) : pages.state === 'more' ? (
        <button type="button" className="button button--wide" onClick={pages.showMore}>
          {pages.refused === null ? t('details.more') : t('details.again')}
        </button>
      ) : null}
    </MemberSection>
  )
}

function MemberSection({ conversation, role, permissions, count, onChanged, children }: MemberListProps & { onChanged: () => void; children: ReactNode }) {
  const { t } = useLanguage()
  const online = useIsOnline()
  const [adding, setAdding] = useState(false)
  return (
    <section className="details__members" aria-labelledby="members">
      <h4 id="members">{t('details.members', { count })}</h4>
      {may({ kind: 'group', permissions }, role, { type: 'add' }) ? (
        <button
          type="button"
          className="person-button details__add"
          disabled={!online}
          onClick={() => {
            setAdding(true)
          }}
        >
          <span className="details__add-icon">
            <AddPersonIcon />
          </span>
          {t('details.add')}
        </button>
      ) : null}
      {online ? null : <p className="details__note">{t('details.needsConnection')}</p>}
      {children}
      {adding ? (
        <AddPeople
          conversation={conversation}
          onChanged={onChanged}
          onClose={() => {
            setAdding(false)
          }}
        />
      ) : null}
    </section>
  )
}

type MembersProps = { conversation: Conversation; role: Role; members: readonly Member[] }

/** Everybody at once: the list is sorted by their names. */
function SortedMembers({ conversation, role, members }: MembersProps) {
  const engine = useEngine()
  const people = useReadable(useMemo(() => joined(members.map((member) => engine.person(member.user))), [engine, members]))
  const sorted = sortMembers(members.map((member, index) => ({ ...member, name: people[index]?.name ?? '' })))
  return <Members conversation={conversation} role={role} members={sorted} onChanged={nothing} />
}

function Members({ conversation, role, members, onChanged }: MembersProps & { onChanged: () => void }) {
  const [heir, setHeir] = useState<Person | null>(null)
  return (
    <>
      <ul>
        {members.map(({ user, role: theirs }) => (
          <MemberRow key={user} conversation={conversation} user={user} own={role} role={theirs} onTransfer={setHeir} onChanged={onChanged} />
        ))}
      </ul>
      {heir === null ? null : (
        <TransferOwner
          conversation={conversation.id}
          heir={heir}
          onChanged={onChanged}
          onClose={() => {
            setHeir(null)
          }}
        />
      )}
    </>
  )
}

type MemberRowProps = { conversation: Conversation; own: Role; role: Role; onTransfer: (heir: Person) => void; onChanged: () => void }

function MemberRow({ user, ...props }: MemberRowProps & { user: UserId }) {
  const person = usePerson(user)
  return person === null ? null : <KnownMember person={person} {...props} />
}

function KnownMember({ conversation, person, own, role, onTransfer, onChanged }: MemberRowProps & { person: Person }) {
  const { t } = useLanguage()
  const isSelf = useSelf().id === person.id
  const actions = memberActions(own, role, isSelf)
  const items = useMemberMenu(conversation.id, person, actions, { onTransfer, onChanged })
  return (
    <li className="details__member">
      <PersonButton
        person={person}
        trailing={
          <>
            {isSelf ? <span className="tag">{t('details.you')}</span> : null}
            {role === 'member' ? null : <span className={`tag tag--${role}`}>{t(`details.roles.${role}`)}</span>}
          </>
        }
      />
      {actions.length === 0 ? null : <Menu label={t('details.memberOptions', { name: person.name })} icon={<MoreIcon />} items={items} />}
    </li>
  )
}

/** The replica tells of every change by itself. */
function nothing(): void {}

function joined<T>(readables: readonly Readable<T>[]): Readable<readonly T[]> {
  let last: readonly T[] = []
  return {
    get: () => {
      const next = readables.map((readable) => readable.get())
      if (next.length !== last.length || next.some((value, index) => value !== last[index])) last = next
      return last
    },
    subscribe: (listener) => {
      const ends = readables.map((readable) => readable.subscribe(listener))
      return () => {
        for (const end of ends) end()
      }
    },
  }
}
