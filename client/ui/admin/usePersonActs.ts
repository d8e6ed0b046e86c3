import { useState } from 'react'
import type { PersonRecord } from '../../../shared/protocol/administration.ts'
import { useLanguage } from '../language/useLanguage.ts'
import type { MenuItem } from '../parts/Menu.tsx'
import { told } from '../parts/ToastStack.tsx'
import { useEngine, useSelf } from '../useEngine.ts'

/** Asked before what somebody would notice at once. */
export type Question = { title: string; words: string; action: string; run: () => Promise<void> }

/** What the menu of a person offers. `onChanged` gets the person as they are after an act. */
export function usePersonActs(onChanged: (person: PersonRecord) => void) {
  const { t } = useLanguage()
  const { administration } = useEngine()
  const self = useSelf()
  const [question, setQuestion] = useState<Question | null>(null)

  async function setAdministrator(person: PersonRecord, administrator: boolean) {
    const { id, name } = person
    if (await told(administration.setAdministrator(id, administrator), administrator ? t('admin.made', { name }) : t('admin.unmade', { name }))) onChanged({ ...person, administrator })
  }
  async function setBlocked(person: PersonRecord, blocked: boolean) {
    const { id, name } = person
    const done = await told(administration.setBlocked(id, blocked), blocked ? t('admin.wasBlocked', { name }) : t('admin.wasUnblocked', { name }))
    if (done) onChanged({ ...person, blockedAt: blocked ? Date.now() : null, sessions: blocked ? 0 : person.sessions })
  }
  async function endSessions(person: PersonRecord) {
    if (await told(administration.endSessions(person.id), t('admin.ended', { name: person.name }))) onChanged({ ...person, sessions: 0 })
  }

  function items(person: PersonRecord): MenuItem[] {
    const signOut = { label: t('admin.endSessions'), run: () => void endSessions(person) }
    if (person.blockedAt !== null) return [{ label: t('admin.unblock'), run: () => void setBlocked(person, false) }]
    if (person.administrator) {
      const unmake = () => setAdministrator(person, false)
      const ask = () => {
        setQuestion({ title: t('admin.selfTitle'), words: t('admin.selfWords'), action: t('admin.unmake'), run: unmake })
      }
      return [signOut, { label: t('admin.unmake'), danger: true, run: person.id === self.id ? ask : () => void unmake() }]
    }
    const block = () => {
      setQuestion({ title: t('admin.blockTitle', { name: person.name }), words: t('admin.blockWords'), action: t('admin.block'), run: () => setBlocked(person, true) })
    }
    return [{ label: t('admin.make'), run: () => void setAdministrator(person, true) }, signOut, { label: t('admin.block'), danger: true, run: block }]
  }

  return {
    items,
    question,
    close: () => {
      setQuestion(null)
    },
  }
}
