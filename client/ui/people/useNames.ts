import { useMemo, useSyncExternalStore } from 'react'
import type { UserId } from '../../../shared/ids.ts'
import { useEngine, useSelf } from '../useEngine.ts'

/** The names of several people, as far as this device knows them; drawn again when one changes. `users` must stay the same array. */
export function useNames(users: readonly UserId[]): { self: UserId; names: ReadonlyMap<UserId, string> } {
  const engine = useEngine()
  const self = useSelf().id
  const people = useMemo(() => users.map((user) => ({ user, person: engine.person(user) })), [engine, users])
  const joined = useSyncExternalStore(
    (listener) => {
      const stops = people.map(({ person }) => person.subscribe(listener))
      return () => {
        for (const stop of stops) stop()
      }
    },
    // A text, so that nothing is drawn anew while the names are the same.
    () => JSON.stringify(people.map(({ person }) => person.get()?.name ?? null)),
  )
  return useMemo(() => {
    const known = JSON.parse(joined) as (string | null)[] // as it was written above
    const names = new Map(users.flatMap((user, index) => (typeof known[index] === 'string' ? [[user, known[index]] as const] : [])))
    return { self, names }
  }, [joined, self, users])
}
