// A conversation of an export, before and after it is decided what it becomes here.

import type { ConversationId, Seq, UserId } from '../../shared/ids.ts'
import type { Arrivals, ConversationStore } from '../../storage/database.ts'
import type { Scope } from './derivedIds.ts'
import { directIdOf, groupIdOf } from './derivedIds.ts'
import type { Place } from './entryQueue.ts'
import type { FormatName } from './formats/formatName.ts'
import type { ImportedConversation, ImportedEntry } from './formats/source.ts'
import { displayNameOf } from './names.ts'

export type Room = { state: 'undecided'; conversation: ImportedConversation; held: ImportedEntry[] } | DecidedRoom

export type DecidedRoom = {
  state: 'decided'
  key: string
  /** What the ids of its entries derive from, wherever they are stored. */
  derivedId: ConversationId
  place: Place
  /** Whom this import brought in or found in. */
  members: Set<UserId>
  /** When the entry of each key was written, to find what an answer answers; null for formats without answers. */
  times: Map<string, number> | null
} & ({ kind: 'group' } | { kind: 'direct'; pair: readonly [UserId, UserId] })

/** How many different people have written so far. A notice is a sentence nobody typed. */
export function talkersOf({ held }: Room & { state: 'undecided' }): number {
  return new Set(held.flatMap(({ author, style }) => (style === 'notice' ? [] : [author.key]))).size
}

/**
 * What is there already stays what it is. Else two people have a direct conversation, if nobody else is to be in it;
 * everything else is a group.
 */
export async function decideRoom(
  conversations: Pick<ConversationStore, 'byId'>,
  scope: Scope,
  conversation: ImportedConversation,
  people: readonly { id: UserId; spoke: boolean }[],
  members: readonly UserId[],
): Promise<{ decided: DecidedRoom; arrival: Arrivals['conversations'][number] | null }> {
  const talkers = [...new Set(people.flatMap(({ id, spoke }) => (spoke ? [id] : [])))]
  const pair = conversation.kind === 'direct' ? pairOf(talkers) : null
  const groupId = groupIdOf(scope, conversation.key)
  const group = await conversations.byId(groupId)
  const directId = pair === null ? null : directIdOf(scope, pair)
  const direct = directId === null || group !== null ? null : await conversations.byId(directId)

  const isNew = group === null && direct === null
  if (pair !== null && directId !== null && (direct !== null || (isNew && members.every((member) => pair.includes(member))))) {
    const decided = { ...roomOf(scope.format, conversation, directId, isNew), kind: 'direct' as const, pair, members: new Set(pair) }
    return { decided, arrival: isNew ? { kind: 'direct', id: directId, pair } : null }
  }
  const decided = { ...roomOf(scope.format, conversation, groupId, isNew), kind: 'group' as const, members: new Set<UserId>() }
  const owner = members[0] ?? talkers[0] ?? people[0]?.id
  if (owner === undefined) throw new Error('A conversation is decided by the people in it.')
  const name = displayNameOf(conversation.name, 'Imported conversation')
  return { decided, arrival: isNew ? { kind: 'group', id: groupId, name, owner } : null }
}

function pairOf([one, other]: readonly UserId[]): readonly [UserId, UserId] | null {
  return one === undefined || other === undefined ? null : [one, other]
}

function roomOf(format: FormatName, { key }: ImportedConversation, id: ConversationId, isNew: boolean) {
  // Before the first.
  const place = { id, isNew, lastSeq: 0 as Seq }
  return { state: 'decided' as const, key, derivedId: id, place, times: ANSWERING.has(format) ? new Map<string, number>() : null }
}

const ANSWERING: ReadonlySet<FormatName> = new Set(['slack', 'telegram', 'irc'])
