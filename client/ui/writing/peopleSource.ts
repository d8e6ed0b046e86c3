// `@an` offers the people of the conversation, by the beginning of a handle or of a word of a name; in a room too large to be
// held here, the server's search. In a group `@all` stands with them.

import type { UserId } from '../../../shared/ids.ts'
import type { Person } from '../../../shared/protocol/messages.ts'
import { createElement } from 'react'
import { ALL } from '../conversation/mentions.ts'
import { fold } from '../inbox/preview.ts'
import { Avatar } from '../people/Avatar.tsx'
import type { Candidate, CompletionSource } from './completionSource.ts'

export type MentionPeople = {
  /** Those this device holds; null: too many, ask. */
  members: () => readonly Person[] | null
  search: (start: string) => Promise<readonly Person[]>
  /** What to call everyone; null in a direct conversation. */
  everyone: string | null
  /** Who was offered: by handle they are known when the message is sent. */
  learned: (people: readonly Person[]) => void
}

export function createPeopleSource({ members, search, everyone, learned }: MentionPeople): CompletionSource {
  return {
    label: 'people',
    find: mentionBegun,
    async candidates(query) {
      const held = members()
      const people = held === null ? (query === '' ? [] : await search(query)) : held.filter((person) => beginsWith(person, query))
      learned(people)
      const all = everyone !== null && (ALL.startsWith(query) || fold(everyone).startsWith(fold(query))) ? [candidateForAll(everyone)] : []
      return [...people.slice(0, FOUND_MAX - all.length).map(candidateFor), ...all]
    },
  }
}

export function mentionBegun(before: string): { from: number; query: string } | null {
  const query = BEGUN.exec(before)?.groups?.['query']
  return query === undefined ? null : { from: before.length - query.length - 1, query: query.toLowerCase() }
}

function beginsWith({ handle, name }: Person, query: string): boolean {
  const start = fold(query)
  return handle.startsWith(query) || fold(name).split(/\s+/u).some((word) => word.startsWith(start))
}

function candidateFor({ id, handle, name }: Person): Candidate {
  return { id, insert: `@${handle} `, icon: createElement(Avatar, { id, name, size: 'small' }), label: `${name} @${handle}` }
}

function candidateForAll(everyone: string): Candidate {
  return { id: ALL, insert: `@${ALL} `, icon: '@', label: `${everyone} @${ALL}` }
}

/** Handles, by which the ids of those who are mentioned are found. */
export function handlesOf(people: Iterable<Person>): Map<string, UserId> {
  return new Map([...people].map(({ handle, id }) => [handle, id]))
}

const BEGUN = /(?<![\p{L}\p{N}_.@/-])@(?<query>[\p{L}\p{N}._-]*)$/u
const FOUND_MAX = 7
