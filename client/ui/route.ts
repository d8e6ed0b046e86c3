// Where a person is, kept in the address after `#`, so that Back works on a phone, a reload stays where it was, and no
// server has to know the client's pages.
//
//   #/                      the list                #/c/<id>                  a conversation
//   #/new, #/settings, …    a dialog over the list  #/c/<id>/details, …       a panel over or beside it
//   #/admin                 administration, instead of everything else

import { ConversationId } from '../../shared/ids.ts'

export type Panel = (typeof PANELS)[number]
export type Route = { conversation: ConversationId | null; panel: Panel | null }

export function formatRoute({ conversation, panel }: Route): string {
  const parts = [...(conversation === null ? [] : ['c', conversation]), ...(panel === null ? [] : [panel])]
  return `#/${parts.join('/')}`
}

/** The inverse of `formatRoute`; anything else is the list. */
export function parseRoute(hash: string): Route {
  const parts = hash.replace(/^#?\/?/, '').split('/')
  const inConversation = parts[0] === 'c'
  const conversation = ConversationId.safeParse(inConversation ? parts[1] : null).data ?? null
  const last = parts[inConversation ? 2 : 0]
  const panel = PANELS.find((name) => name === last) ?? null
  return { conversation, panel: panel === 'details' && conversation === null ? null : panel }
}

const PANELS = ['details', 'new', 'settings', 'switcher', 'shortcuts', 'admin'] as const
