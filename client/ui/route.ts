// Where a person is, kept in the address after `#`, so that Back works on a phone, a reload stays where it was, and no
// server has to know the client's pages.
//
//   #/                      the list                #/c/<id>                  a conversation
//   #/new, #/settings, …    a dialog over the list  #/c/<id>/details, …       a panel over or beside it
//   #/admin                 administration, instead of everything else
//   #/c/<id>/m/<entry>      a conversation at one message

import { ConversationId, EntryId } from '../../shared/ids.ts'

export type Panel = (typeof PANELS)[number]
/** `entry`: the message to be shown, if a particular one. */
export type Route = { conversation: ConversationId | null; panel: Panel | null; entry?: EntryId }

export function formatRoute({ conversation, panel, entry }: Route): string {
  if (conversation !== null && entry !== undefined) return `#/c/${conversation}/m/${entry}`
  const parts = [...(conversation === null ? [] : ['c', conversation]), ...(panel === null ? [] : [panel])]
  return `#/${parts.join('/')}`
}

/** The inverse of `formatRoute`; anything else is the list. */
export function parseRoute(hash: string): Route {
  const parts = hash.replace(/^#?\/?/, '').split('/')
  const inConversation = parts[0] === 'c'
  const conversation = ConversationId.safeParse(inConversation ? parts[1] : null).data ?? null
  const entry = inConversation && parts[2] === 'm' ? EntryId.safeParse(parts[3]).data : undefined
  if (conversation !== null && entry !== undefined) return { conversation, panel: null, entry }
  const last = parts[inConversation ? 2 : 0]
  const panel = PANELS.find((name) => name === last) ?? null
  return { conversation, panel: panel === 'details' && conversation === null ? null : panel }
}

const PANELS = ['details', 'new', 'new-channel', 'channels', 'settings', 'switcher', 'shortcuts', 'saved', 'admin'] as const
