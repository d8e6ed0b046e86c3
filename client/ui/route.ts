// Where a person is, kept in the address after `#`, so that Back works on a phone, a reload stays where it was, and no
// server has to know the client's pages.
//
//   #/                      the list                #/c/<id>                  a conversation
//   #/new, #/settings, …    a dialog over the list  #/c/<id>/details, …       a panel over or beside it
//   #/settings/privacy      a part of the settings  #/admin                   administration, instead of everything else
//   #/c/<id>/m/<entry>      a conversation at one message
//   #/c/<id>/t/<entry>      the thread of one message, beside its conversation or over it; /m/<entry> after it: at one reply
//   #/join/<code>           what a link into a group or a channel leads to, over the list

import { ConversationId, EntryId } from '../../shared/ids.ts'
import type { Section } from './settings/sections.ts'
import { SECTIONS } from './settings/sections.ts'

export type Panel = (typeof PANELS)[number]
/** `entry`: the message to be shown, if a particular one, or the reply in the thread; `thread`: the message whose thread is shown. */
export type Route = { conversation: ConversationId | null; entry?: EntryId; thread?: EntryId } & ({ panel: Exclude<Panel, 'settings'> | null } | { panel: 'settings'; section?: Section } | { panel: 'join'; code: string })

export function formatRoute(route: Route): string {
  const { conversation, panel, entry, thread } = route
  if (conversation !== null && (entry !== undefined || thread !== undefined)) {
    return `#/c/${conversation}${thread === undefined ? '' : `/t/${thread}`}${entry === undefined ? '' : `/m/${entry}`}`
  }
  if (route.panel === 'join') return `#/join/${route.code}`
  const section = route.panel === 'settings' ? route.section : undefined
  const parts = [...(conversation === null ? [] : ['c', conversation]), ...(panel === null ? [] : [panel]), ...(section === undefined ? [] : [section])]
  return `#/${parts.join('/')}`
}

/** The inverse of `formatRoute`; anything else is the list. */
export function parseRoute(hash: string): Route {
  const parts = hash.replace(/^#?\/?/, '').split('/')
  const inConversation = parts[0] === 'c'
  const conversation = ConversationId.safeParse(inConversation ? parts[1] : null).data ?? null
  const entry = EntryId.safeParse(parts[3]).data
  if (conversation !== null && entry !== undefined && parts[2] === 'm') return { conversation, panel: null, entry }
  if (conversation !== null && entry !== undefined && parts[2] === 't') {
    const reply = parts[4] === 'm' ? EntryId.safeParse(parts[5]).data : undefined
    return { conversation, panel: null, thread: entry, ...(reply === undefined ? {} : { entry: reply }) }
  }
  const code = parts[0] === 'join' ? parts[1] : undefined
  if (code !== undefined && CODE.test(code)) return { conversation: null, panel: 'join', code }
  const [named, part] = parts.slice(inConversation ? 2 : 0)
  const panel = PANELS.find((name) => name === named) ?? null
  if (panel === 'settings') {
    const section = SECTIONS.find((name) => name === part)
    return { conversation, panel, ...(section === undefined ? {} : { section }) }
  }
  return { conversation, panel: (panel === 'details' || panel === 'threads') && conversation === null ? null : panel }
}

/** Whatever the server makes codes of, it is what stands in an address as it is. */
const CODE = /^[\w-]{1,64}$/

const PANELS = ['details', 'threads', 'new', 'new-channel', 'channels', 'settings', 'switcher', 'shortcuts', 'saved', 'admin'] as const
