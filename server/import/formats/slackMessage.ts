// One message of a Slack export. `ts` is its time and, within a channel, its id.

import { z } from 'zod'
import { readSlackText } from './slackText.ts'
import type { ImportedAuthor, ImportedEntry } from './source.ts'

/** `names` knows people and channels by id. Words when the message holds nothing we can tell. */
export function toSlackEntry(message: SlackMessage, names: ReadonlyMap<string, string>): ImportedEntry | string {
  const attachments = (message.files ?? []).map((file) => file.name ?? file.title).filter((name) => name !== undefined)
  const text = readSlackText(message.text, names) || readSlackText(fallbackOf(message), names) || attachments.join(', ')
  if (text === '') return 'has no text'
  const style = styleOf(message.subtype)
  return {
    key: message.ts,
    author: authorOf(message, names),
    at: Math.round(Number(message.ts) * 1000),
    text,
    ...(style === undefined ? {} : { style }),
    // The first message of a thread names itself.
    ...(message.thread_ts === undefined || message.thread_ts === message.ts ? {} : { replyTo: message.thread_ts }),
    ...(attachments.length === 0 ? {} : { attachments }),
  }
}

function authorOf(message: SlackMessage, names: ReadonlyMap<string, string>): ImportedAuthor {
  const { user, bot_id: bot, username, user_profile: profile, bot_profile: botProfile } = message
  // People of another workspace are not in users.json; their messages carry a profile.
  if (user !== undefined) return { key: user, name: names.get(user) ?? (profile === undefined ? user : slackName(profile, user)) }
  const name = username || botProfile?.name || bot || 'Slack'
  return { key: bot ?? name, name }
}

/** Apps often leave `text` empty and write into attachments. */
function fallbackOf(message: SlackMessage): string {
  return (message.attachments ?? [])
    .map((part) => part.text || part.fallback || part.title || '')
    .filter((text) => text !== '')
    .join('\n')
}

function styleOf(subtype: string | undefined): ImportedEntry['style'] {
  if (subtype === 'me_message') return 'action'
  return subtype !== undefined && NOTICE.test(subtype) ? 'notice' : undefined
}

/** What a person is called on screen. */
export function slackName(profile: SlackProfile, otherwise: string): string {
  return profile.display_name || profile.real_name || profile.name || otherwise
}

export const SlackProfile = z.object({
  display_name: z.string().optional(),
  real_name: z.string().optional(),
  name: z.string().optional(),
})
type SlackProfile = z.infer<typeof SlackProfile>

export const SlackMessage = z.object({
  type: z.literal('message'),
  subtype: z.string().optional(),
  ts: z.string().regex(/^\d{1,11}(\.\d{1,9})?$/),
  thread_ts: z.string().optional(),
  user: z.string().optional(),
  username: z.string().optional(),
  bot_id: z.string().optional(),
  bot_profile: z.object({ name: z.string().optional() }).optional(),
  user_profile: SlackProfile.optional(),
  text: z.string().nullish().transform((text) => text ?? ''),
  files: z.array(z.object({ name: z.string().nullish().transform((name) => name ?? undefined), title: z.string().optional() })).optional(),
  attachments: z
    .array(z.object({ text: z.string().optional(), fallback: z.string().optional(), title: z.string().optional() }))
    .optional(),
})
export type SlackMessage = z.infer<typeof SlackMessage>

/** Slack wrote the words. */
const NOTICE = new RegExp(
  [
    '^((channel|group)_(join|leave|topic|purpose|name|archive|unarchive|posting_permissions|convert_to_private)',
    '(un)?pinned_item|bot_(add|remove)|tombstone|reminder_add|huddle_thread)$',
  ].join('|'),
)
