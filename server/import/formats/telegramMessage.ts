// One message of a Telegram export, as Telegram Desktop writes it since 2018. Old versions leave out ids and types.

import { z } from 'zod'
import type { ImportedAuthor, ImportedEntry, ImportOptions } from './source.ts'
import { tidyText } from './tidyText.ts'
import { isoTime } from './wallTime.ts'

/** Words when the message holds nothing we can tell. */
export function toTelegramEntry(message: TelegramMessage, index: number, options: ImportOptions): ImportedEntry | string {
  const at = timeOf(message, options.zone)
  if (at === null) return 'has no time'
  const notice = message.type === 'service'
  const author = authorOf(message)
  const attachment = [message.file, message.photo].find((name) => name !== undefined && !NOT_INCLUDED.test(name))
  const text = tidyText(notice ? sentence(message, author.name) : flatten(message.text) || stands(message))
  if (text === '') return 'has no text'
  // A reply into another chat names the message by an id of that chat.
  const replyTo = message.reply_to_peer_id === undefined ? message.reply_to_message_id : undefined
  return {
    key: message.id === undefined ? `#${index}` : String(message.id),
    author,
    at,
    text,
    ...(notice ? { style: 'notice' as const } : {}),
    ...(replyTo === undefined ? {} : { replyTo: String(replyTo) }),
    ...(attachment === undefined ? {} : { attachments: [attachment] }),
  }
}

function timeOf(message: TelegramMessage, zone: string): number | null {
  if (message.date_unixtime !== undefined) return Number(message.date_unixtime) * 1000
  return message.date === undefined ? null : isoTime(message.date, zone)
}

function authorOf(message: TelegramMessage): ImportedAuthor {
  // An account that was deleted has an id and no name.
  const name = tidyText(message.from ?? message.actor ?? '') || 'Deleted account'
  return { key: String(message.from_id ?? message.actor_id ?? name), name }
}

/** Text comes whole or in parts, some of them formatted. Formatting is dropped, the address of a link is kept. */
function flatten(text: TelegramMessage['text']): string {
  if (typeof text === 'string') return text
  let whole = ''
  let afterFormatted = false
  for (const part of text) {
    if (typeof part === 'string') {
      whole += part
      afterFormatted = false
      continue
    }
    // Two formatted parts may touch with no text between; an address must not melt into the word before it.
    if (afterFormatted && part.type === 'link' && !/[\s([<]$/.test(whole)) whole += ' '
    whole += part.type === 'text_link' && part.href !== undefined ? `${part.text} (${part.href})` : part.text
    afterFormatted = true
  }
  return whole
}

/** What stands for a message without text. */
function stands(message: TelegramMessage): string {
  const kind = message.media_type?.replaceAll('_', ' ')
  if (message.media_type === 'sticker') return message.sticker_emoji ?? '[sticker]'
  if (message.poll !== undefined) return `[poll] ${message.poll.question}`
  if (message.photo !== undefined) return '[photo]'
  if (message.file !== undefined) return `[${kind ?? 'file'}] ${NOT_INCLUDED.test(message.file) ? '' : fileName(message.file)}`
  if (message.location_information !== undefined) return '[location]'
  if (message.contact_information !== undefined) return '[contact]'
  return kind === undefined ? '' : `[${kind}]`
}

function sentence(message: TelegramMessage, actor: string): string {
  const members = (message.members ?? []).map((name) => name ?? 'somebody').join(', ')
  switch (message.action) {
    case undefined:
      return ''
    case 'create_group':
    case 'create_channel':
      return `${actor} created "${message.title ?? ''}"`
    case 'edit_group_title':
      return `${actor} renamed the conversation to "${message.title ?? ''}"`
    case 'invite_members':
      return `${actor} added ${members}`
    case 'remove_members':
      return `${actor} removed ${members}`
    case 'join_group_by_link':
      return `${actor} joined by a link`
    case 'pin_message':
      return `${actor} pinned a message`
    default:
      // Telegram adds new ones every year; their names are English.
      return `${actor}: ${message.action.replaceAll('_', ' ')}`
  }
}

function fileName(path: string): string {
  return path.replace(/^.*\//, '')
}

const Part = z.union([z.string(), z.object({ type: z.string().optional(), text: z.string(), href: z.string().optional() })])
const id = z.union([z.string(), z.number()])

export const TelegramMessage = z.object({
  id: z.int().optional(),
  type: z.string(),
  date: z.string().optional(),
  date_unixtime: z.union([z.string().regex(/^\d{1,12}$/), z.int().min(0)]).optional(),
  from: z.string().nullish(),
  from_id: id.optional(),
  actor: z.string().nullish(),
  actor_id: id.optional(),
  action: z.string().optional(),
  title: z.string().optional(),
  members: z.array(z.string().nullable()).optional(),
  text: z.union([z.string(), z.array(Part)]).default(''),
  reply_to_message_id: z.int().optional(),
  reply_to_peer_id: id.optional(),
  file: z.string().optional(),
  photo: z.string().optional(),
  media_type: z.string().optional(),
  sticker_emoji: z.string().optional(),
  poll: z.object({ question: z.string() }).optional(),
  location_information: z.unknown().optional(),
  contact_information: z.unknown().optional(),
})
export type TelegramMessage = z.infer<typeof TelegramMessage>

/** "(File not included. Change data exporting settings to download.)" and its like. */
const NOT_INCLUDED = /^\(.*\)$/
