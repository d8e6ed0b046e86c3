// The head of a WhatsApp message. Every phone writes it in the manner of its language and clock:
//
//   01/20/19, 11:23 - Alice: text             Android
//   01/20/2019, 11:23 a. m. - Alice: text     Android, twelve hours
//   [20.01.19, 11:23:45] Alice: text          iPhone, with invisible direction marks about
//   2019/01/20, 11:23 - Alice created group "x"    nobody's words

import { tidyText } from './tidyText.ts'
import type { Clock } from './wallTime.ts'

/** `null` for any other line: it goes on with the message before. */
export function parseWhatsappHead(line: string): WhatsappHead | null {
  const found = HEAD.exec(line)?.groups ?? {}
  const { a, b, c, hour, minute, second, half, early, open, close } = found
  if (a === undefined || b === undefined || c === undefined || hour === undefined || minute === undefined) return null
  if ((open === '[') !== (close === ']')) return null
  const clock = { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0) }
  return {
    parts: [a, b, c],
    clock: toTwentyFour(clock, half ?? early),
    american: half?.toUpperCase() === half && half !== undefined && !a.startsWith('0'),
    ...parseSpeaker(found['rest'] ?? ''),
  }
}

/** Without the direction marks that iPhones put before names and markers. */
export function withoutMarks(text: string): string {
  return text.replace(/^[\u200e\u200f\u202a-\u202e\ufeff]+/, '')
}

/** The file a message says came with it, when it came with it. */
export function attachmentIn(text: string): string | null {
  const iphone = /^<[^<>:]{3,20}: (?<file>[^<>\n]+\.\w{2,5})>$/m.exec(text)?.groups?.['file']
  const android = /^(?<file>[\w()+ .-]+\.\w{2,5}) \([^()\n]+\)$/m.exec(text)?.groups?.['file']
  return iphone ?? android ?? null
}

function parseSpeaker(rest: string): { author: string | null; text: string } {
  const words = withoutMarks(rest)
  const end = words.indexOf(': ')
  // Nobody is called `Alice changed the subject to "Pets`.
  if (end <= 0 || SYSTEM_TEXT.test(words) || QUOTING_EVENT.test(words.slice(0, end))) return { author: null, text: tidyText(words) }
  const text = withoutMarks(words.slice(end + 2))
  if (SYSTEM_TEXT.test(text)) return { author: null, text: tidyText(text) }
  // iPhones mark people who are not in the address book with "~ ".
  const author = withoutMarks(words.slice(0, end)).replace(/^~\s*/, '').toWellFormed()
  return { author: author === '' ? words.slice(0, end) : author, text }
}

function toTwentyFour(clock: Clock, half: string | undefined): Clock {
  if (half === undefined) return clock
  // 12:05 a.m. is 0:05; some phones write it 00:05 a.m. all the same.
  return { ...clock, hour: (clock.hour % 12) + (/^(p|下午|午後|오후)/i.test(half) ? 12 : 0) }
}

export type WhatsappHead = {
  /** The numbers of the date as written; which is which, the whole file tells. */
  parts: [string, string, string]
  clock: Clock
  /** "1/20/19 … PM": no zero before and capitals, the way phones set to English (US) write. */
  american: boolean
  /** `null` when the app itself speaks. */
  author: string | null
  text: string
}

const HEAD = new RegExp(
  [
    /^[\u200e\u200f\u202a-\u202e\ufeff]*(?<open>\[?)/,
    /(?<a>\d{1,4})(?<sep>[./-])(?<b>\d{1,2})\k<sep>(?<c>\d{1,4})\.?,?\s+/,
    /(?:(?<early>上午|下午|午前|午後|오전|오후)\s?)?/,
    /(?<hour>\d{1,2})[:.](?<minute>\d{2})(?:[:.](?<second>\d{2}))?/,
    /(?:\s*(?<half>[ap])\.?\s?m\.?)?/,
    /(?:(?<close>\])|\s+[-\u2013\u2014])\s(?<rest>.*)$/,
  ]
    .map((part) => part.source)
    .join(''),
  'is',
)

const QUOTING_EVENT = /\b(changed the (subject|group name|group description)|created (the |this )?group)\b.*["\u201c]/
const SYSTEM_TEXT = /^(Messages and calls are end-to-end encrypted|Messages to this (chat|group) (and calls )?are )/
