// [N3] all devices show of each message the same text, versions, reactions, pin and thread, as the log says · [N6] of what was
// erased nothing is left on the server or a device · [T4] no thread has anything new after everything was read.

import type { Annotated, History, Logged, Violation } from '../history.ts'

export function annotations({ rest }: History): Violation[] {
  return [
    ...rest.logs.flatMap((log) =>
      rest.replicas.filter(({ conversation }) => conversation === log.conversation).flatMap((replica) => log.entries.flatMap((entry) => sameAnnotations(entry, replica.annotated?.[entry.id], `${replica.device} in ${log.conversation}`))),
    ),
    ...rest.replicas.filter(({ threads = 0 }) => threads > 0).map(({ device, conversation, threads }) => ({ rule: 'T4', words: `${device} has ${threads} threads with something new in ${conversation} after everything was read` })),
    ...(rest.remains ?? []).map(({ where, text }) => ({ rule: 'N6', words: `${where} still holds “${text}”, which was erased` })),
  ].map((violation) => ({ ...violation, step: null }))
}

function sameAnnotations(entry: Logged, shown: Annotated | undefined, where: string): Omit<Violation, 'step'>[] {
  // Nothing is drawn at its place for this person: an annotation, or deleted for themselves.
  if (entry.annotated === undefined || shown === undefined) return []
  const [said, held] = [JSON.stringify(entry.annotated), JSON.stringify(shown)]
  return said === held ? [] : [{ rule: 'N3', words: `${where} shows ${entry.id} as ${held}, the log says ${said}` }]
}
