import { useMemo, useState } from 'react'
import type { Member, Role } from '../../../shared/conversation/membership.ts'
import { may } from '../../../shared/conversation/membership.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import type { Conversation, Engine, Readable } from '../../sync/engine.ts'
import { PersonRow } from '../people/PersonRow.tsx'
import { AddPersonIcon, MoreIcon } from '../parts/Icon.tsx'
import { Menu } from '../parts/Menu.tsx'
import { useEngine, useIsOnline, useSelf } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { AddPeople } from './AddPeople.tsx'
import { memberActions, sortMembers } from './memberMenu.ts'
import { TransferOwner } from './TransferOwner.tsx'
import { useMemberMenu } from './useMemberMenu.tsx'
import { roles, words } from './words.ts'

type MemberListProps = { conversation: Conversation; role: Role; count: number }

export function MemberList({ conversation, role, count }: MemberListProps) {
  const members = useReadable(conversation.members)
  const online = useIsOnline()
  const [adding, setAdding] = useState(false)
  return (
    <section className="details__members" aria-labelledby="members">
      <h4 id="members">{words.members(count)}</h4>
      {may('group', role, { type: 'add' }) ? (
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
          {words.add}
        </button>
      ) : null}
      {online ? null : <p className="details__note">{words.needsConnection}</p>}
      {members.length === 0 && count > 0 ? <p className="details__note">{words.large}</p> : <Members conversation={conversation} role={role} members={members} />}
      {adding ? (
        <AddPeople
          conversation={conversation}
          onClose={() => {
            setAdding(false)
          }}
        />
      ) : null}
    </section>
  )
}

function Members({ conversation, role, members }: { conversation: Conversation; role: Role; members: readonly Member[] }) {
  const engine = useEngine()
  const [heir, setHeir] = useState<Person | null>(null)
  const people = usePeople(engine, members)
  const sorted = sortMembers(members.map((member, index) => ({ ...member, person: people[index] ?? null, name: people[index]?.name ?? '' })))
  return (
    <>
      <ul>
        {sorted.map(({ user, role: theirs, person }) =>
          person === null ? null : <MemberRow key={user} conversation={conversation} person={person} own={role} role={theirs} onTransfer={setHeir} />,
        )}
      </ul>
      {heir === null ? null : (
        <TransferOwner
          conversation={conversation.id}
          heir={heir}
          onClose={() => {
            setHeir(null)
          }}
        />
      )}
    </>
  )
}

type MemberRowProps = { conversation: Conversation; person: Person; own: Role; role: Role; onTransfer: (heir: Person) => void }

function MemberRow({ conversation, person, own, role, onTransfer }: MemberRowProps) {
  const isSelf = useSelf().id === person.id
  const actions = memberActions(own, role, isSelf)
  const items = useMemberMenu(conversation.id, person, actions, onTransfer)
  return (
    <li className="details__member">
      <PersonRow
        person={person}
        trailing={
          <>
            {isSelf ? <span className="tag">{words.you}</span> : null}
            {role === 'member' ? null : <span className={`tag tag--${role}`}>{roles[role]}</span>}
          </>
        }
      />
      {actions.length === 0 ? null : <Menu label={words.memberOptions(person.name)} icon={<MoreIcon />} items={items} />}
    </li>
  )
}

/** Everybody at once: the list is sorted by their names. */
function usePeople(engine: Engine, members: readonly Member[]): readonly (Person | null)[] {
  const all = useMemo(() => joined(members.map((member) => engine.person(member.user))), [engine, members])
  return useReadable(all)
}

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
