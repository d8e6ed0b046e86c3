import type { Person } from '../../../shared/protocol/messages.ts'
import type { InboxItem } from '../../sync/engine.ts'
import type { Command } from '../commands/commands.tsx'
import { COMMANDS } from '../commands/commands.tsx'
import { useLanguage } from '../language/useLanguage.ts'
import { usePeopleSearch } from '../people/useSearch.ts'
import { useEngine, useSelf } from '../useEngine.ts'
import { useReadable } from '../useReadable.ts'
import { useRoute } from '../useRoute.ts'
import { find, mostRecent } from './find.ts'

export type Option = { type: 'conversation'; row: InboxItem } | { type: 'person'; person: Person } | { type: 'command'; command: Command }
export type Group = { name: string; options: readonly Option[] }

/** Conversations first, then people one could write to, then commands; a group without options is left out. */
export function useOptions(query: string): Group[] {
  const { t } = useLanguage()
  const { rows } = useReadable(useEngine().inbox)
  const route = useRoute()
  const isAsked = query !== ''
  // Where one is already, one need not go.
  const others = mostRecent(rows).filter((row) => row.conversation !== route.conversation)
  const conversations = find(isAsked ? mostRecent(rows) : others, query, (row) => row.title).slice(0, isAsked ? FOUND_MAX : RECENT_MAX)
  const people = usePeople(query, conversations)
  const commands = find(COMMANDS.filter((command) => command.icon !== null && command.applies(route)), query, (command) => t(`commands.${command.name}`))
  return [
    { name: isAsked ? t('switcher.conversations') : t('switcher.recent'), options: conversations.map((row): Option => ({ type: 'conversation', row })) },
    { name: t('switcher.people'), options: people.map((person): Option => ({ type: 'person', person })) },
    { name: t('switcher.commands'), options: commands.map((command): Option => ({ type: 'command', command })) },
  ].filter(({ options }) => options.length > 0)
}

/** Without oneself, and without those whose conversation stands above. */
function usePeople(query: string, conversations: readonly InboxItem[]): Person[] {
  const self = useSelf()
  const search = usePeopleSearch(query)
  if (search.state !== 'found') return []
  const above = new Set(conversations.map((row) => row.peer))
  return search.people.filter((person) => person.id !== self.id && !above.has(person.id)).slice(0, FOUND_MAX)
}

const RECENT_MAX = 6
const FOUND_MAX = 8
