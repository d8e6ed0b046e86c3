import { useMemo, useSyncExternalStore } from 'react'
import type { MessageBody } from '../../../shared/conversation/entry.ts'
import type { UserId } from '../../../shared/ids.ts'
import { useEngine, useSelf } from '../useEngine.ts'
import type { MentionNames } from './MentionText.tsx'

/** Null where a message mentions nobody, which is most of the time. */
export function useMentionNames({ mentions: users, mentionsAll }: MessageBody): MentionNames | null {
  const mentions: readonly UserId[] = users ?? NOBODY
  const engine = useEngine()
  const self = useSelf().id
  const people = useMemo(() => mentions.map((user) => engine.person(user)), [engine, mentions])
  const known = useSyncExternalStore(
    (listener) => {
      const stops = people.map((person) => person.subscribe(listener))
      return () => {
        for (const stop of stops) stop()
      }
    },
    // A text, so that nothing is drawn anew while the names are the same.
    () => JSON.stringify(people.map((person) => [person.get()?.handle, person.get()?.name])),
  )
  return useMemo(() => {
    if (mentions.length === 0 && mentionsAll !== true) return null
    const named = JSON.parse(known) as [string | null, string | null][] // as it was written above
    const names = new Map(mentions.flatMap((id, index) => {
      const [handle, name] = named[index] ?? [null, null]
      return handle === null || name === null ? [] : [[handle, { id, name }] as const]
    }))
    return { names, all: mentionsAll === true, self }
  }, [known, mentions, mentionsAll, self])
}

const NOBODY: readonly UserId[] = []
