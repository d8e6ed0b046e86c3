import type { ReactNode } from 'react'
import { useRef } from 'react'
import type { Person } from '../../../shared/protocol/messages.ts'
import { showPerson } from './cards.ts'
import { PersonRow } from './PersonRow.tsx'
import { useAvailability } from './useAvailability.ts'
import { useOnScreen } from './useOnScreen.ts'

/** A row that opens the card of the person in it. Their presence is watched only while the row is in view. */
export function PersonButton({ person, trailing }: { person: Person; trailing?: ReactNode }) {
  const button = useRef<HTMLButtonElement>(null)
  const seen = useOnScreen(button)
  const open = () => {
    showPerson(person.id)
  }
  return (
    <button ref={button} type="button" className="person-button" onClick={open}>
      {seen ? <PresentRow person={person} trailing={trailing} /> : <PersonRow person={person} trailing={trailing} />}
    </button>
  )
}

function PresentRow({ person, trailing }: { person: Person; trailing: ReactNode }) {
  return <PersonRow person={person} availability={useAvailability(person.id)} trailing={trailing} />
}
