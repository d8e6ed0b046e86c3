import { useMemo } from 'react'
import type { ConversationState, Readable } from '../../sync/engine.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import { useEngine } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'

/** A direct conversation is called what the other person is called. */
export function useTitle({ name, peer }: Pick<Extract<ConversationState, { state: 'ready' }>, 'name' | 'peer'>): string {
  const engine = useEngine()
  const person = useReadable(useMemo(() => (peer === null ? NOBODY : engine.person(peer)), [engine, peer]))
  return person?.name ?? name
}

const NOBODY: Readable<Person | null> = { get: () => null, subscribe: () => () => undefined }
