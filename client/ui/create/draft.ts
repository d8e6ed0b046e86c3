// What somebody enters to make a conversation, until it is made. Pure.

import type { Least, NamedKind, Permissions } from '../../../shared/conversation/membership.ts'
import { defaultPermissions } from '../../../shared/conversation/membership.ts'
import { DisplayName, Topic } from '../../../shared/displayName.ts'
import { NAME_MAX_CHARS } from '../../../shared/limits.ts'
import type { Person } from '../../../shared/protocol/messages.ts'

/** `people`: one of them is written to directly, several are a group. */
export type Kind = 'people' | 'channel'
export type Step = 'people' | 'describe'

export type Draft = {
  kind: Kind
  people: readonly Person[]
  name: string
  topic: string
  picture: Blob | null
  /** Of a channel: from which role on one writes. */
  writers: Least
}

export const EMPTY_DRAFT: Draft = { kind: 'people', people: [], name: '', topic: '', picture: null, writers: 'member' }

/** A group is made of its people, a channel of what it is about. */
export const STEPS: Record<Kind, readonly [Step, Step]> = { people: ['people', 'describe'], channel: ['describe', 'people'] }

export type Mistakes = { name: 'missing' | 'form' | null; topic: 'form' | null }

export function mistakesOf({ name, topic }: Draft): Mistakes {
  return {
    name: name.trim() === '' ? 'missing' : DisplayName.safeParse(name).success ? null : 'form',
    topic: Topic.safeParse(topic.trim()).success ? null : 'form',
  }
}

/** Is there more than one person's name in it, which is quickly chosen again? */
export function wouldBeLost({ people, name, topic, picture }: Draft): boolean {
  return people.length > 1 || name.trim() !== '' || topic.trim() !== '' || picture !== null
}

/** Who is in it, as many as fit; what a group without another name is mostly called. */
export function suggestedName(people: readonly Pick<Person, 'name'>[], list: (names: readonly string[]) => string): string {
  const names = people.map(({ name }) => name)
  while (names.length > 1 && list(names).length > NAME_MAX_CHARS) names.pop()
  return list(names)
}

/** As the server takes it. */
export function formOf({ kind, people, name, topic, writers }: Draft): { kind: NamedKind; name: string; topic?: string; permissions?: Permissions; members: Person['id'][] } {
  const named = kind === 'channel' ? 'channel' : 'group'
  return {
    kind: named,
    name: name.trim(),
    ...(topic.trim() === '' ? {} : { topic: topic.trim() }),
    ...(named === 'channel' && writers !== 'member' ? { permissions: { ...defaultPermissions(named), write: writers } } : {}),
    members: people.map(({ id }) => id),
  }
}
