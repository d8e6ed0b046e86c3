import { createContext, use, useMemo } from 'react'
import type { Engine, InboxItem } from '../sync/engine.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import type { OwnProfile, Person, Presence } from '../../shared/protocol/messages.ts'
import { useReadable, useSelected } from './useReadable.ts'

export const EngineContext = createContext<Engine | null>(null)

export function useEngine(): Engine {
  const engine = use(EngineContext)
  if (engine === null) throw new Error('EngineContext is set by App')
  return engine
}

/** `null` until this device knows the person. */
export function usePerson(id: UserId): Person | null {
  const engine = useEngine()
  return useReadable(useMemo(() => engine.person(id), [engine, id]))
}

export function usePresence(id: UserId): Presence | null {
  const engine = useEngine()
  return useReadable(useMemo(() => engine.presence(id), [engine, id]))
}

/** The signed-in person; only used below screens that exist while someone is signed in. */
export function useSelf(): Person {
  const account = useReadable(useEngine().account)
  if (account.state !== 'signed-in') throw new Error('no screen of the shell outlives the sign-in')
  return account.person
}

/** `null` until this device heard of it. */
export function useProfile(): OwnProfile | null {
  return useReadable(useEngine().profile)
}

/** By the signed-in person. */
export function useIsBlocked(id: UserId | null): boolean {
  const blocked = useProfile()?.blocked
  return id !== null && blocked?.includes(id) === true
}

/** Of the list of conversations; `undefined` while it is not in what was read of it. */
export function useRow(conversation: ConversationId): InboxItem | undefined {
  return useSelected(useEngine().inbox, ({ rows }) => rows.find((row) => row.conversation === conversation))
}

export function useIsOnline(): boolean {
  return useReadable(useEngine().connection).state === 'online'
}

