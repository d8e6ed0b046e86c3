// One line of an IRC log. The shapes of ubuntulog, irssi, and logs that name channel and day on every line:
//
//   [09:14] <nick> text                      === nick [user@host] has joined #channel
//   [20:02]  * nick waves                    === nick is now known as nick_
//   [05:12] -nick:#channel- text             === nick waves            (how old ubuntulog writes /me)
//   channel 2013-01-26 [15:04:04] <nick> text
//   --- Day changed Thu Dec 23 2004

import { tidyText } from './tidyText.ts'
import type { CalendarDate, Clock } from './wallTime.ts'
import { englishDate } from './wallTime.ts'

/** `null` for a line of none of these shapes. */
export function parseIrcLine(line: string): IrcLine | null {
  const divider = /^--- (?:Log opened|Log closed|Day changed) (?<day>.+)$/.exec(line)?.groups?.['day']
  if (divider !== undefined) return { type: 'day', date: englishDate(divider) }
  const { channel, year, month, day, hour, minute, second, rest } = STAMP.exec(line)?.groups ?? {}
  const said = parseSaid(rest ?? '')
  if (said === null) return null
  return {
    type: 'said',
    ...said,
    ...(hour === undefined ? {} : { clock: { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0) } }),
    ...(channel === undefined ? {} : { channel }),
    ...(year === undefined ? {} : { date: { year: Number(year), month: Number(month), day: Number(day) } }),
  }
}

function parseSaid(rest: string): Said | null {
  const message = /^<[@+%&~ ]?(?<nick>[^>\s]+)>\t? ?(?<text>.*)$/.exec(rest)?.groups
  if (message?.['nick'] !== undefined) return { nick: message['nick'], text: plain(message['text'] ?? '') }
  const action = /^ ?\* +(?<nick>\S+) +(?<text>.*)$/.exec(rest)?.groups
  if (action?.['nick'] !== undefined) return { nick: action['nick'], text: plain(action['text'] ?? ''), style: 'action' }
  // Sent with /notice: somebody's words all the same.
  const notice = /^-(?<nick>[^\s:]+?)(?::[^\s-]+)?- (?<text>.*)$/.exec(rest)?.groups
  if (notice?.['nick'] !== undefined) return { nick: notice['nick'], text: plain(notice['text'] ?? '') }
  return parseEvent(rest)
}

/** The lines after `===`: what happened in the channel, or in old logs what somebody did. */
function parseEvent(rest: string): Said | null {
  const text = /^(?:===|-!-|\*\*\*) +(?<text>\S.*)$/.exec(rest)?.groups?.['text']
  if (text === undefined) return null
  const by = /^mode\/.* by (?<nick>\S+)\s*$/.exec(text)?.groups?.['nick']
  const { nick = '', does = '' } = /^(?<nick>\S+) *(?<does>.*)$/.exec(text)?.groups ?? {}
  const happened = by !== undefined || does.trim() === '' || EVENT.test(does) || /^(topic|mode)\b|^\S*[/:#]/i.test(text)
  return happened ? { nick: by ?? nick, text: plain(text), style: 'notice' } : { nick, text: plain(does), style: 'action' }
}

/** Without the codes for bold, colour and the like, which no reader shows. */
function plain(text: string): string {
  return tidyText(text.replaceAll(FORMATTING, ''))
}

export type IrcLine =
  | { type: 'day'; date: CalendarDate | null }
  | ({ type: 'said'; clock?: Clock; date?: CalendarDate; channel?: string } & Said)

type Said = { nick: string; text: string; style?: 'action' | 'notice' }

/** Channel and day, and the time, each only if it is there. */
const STAMP = new RegExp(
  [
    /^(?:(?<channel>\S+) (?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d) )?/,
    /(?:\[?(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d))?\]? )?(?<rest>.*)$/,
  ]
    .map((part) => part.source)
    .join(''),
)

const EVENT =
  /^\[[^\]]*\]$|(^|\[[^\]]*\] +)has (joined|left|quit)\b|^is now known as |^was kicked |^(sets|changed) (the )?(mode|topic)/i

// oxlint-disable-next-line no-control-regex -- the codes are control characters
const FORMATTING = /\u0003(?:\d{1,2}(?:,\d{1,2})?)?|[\u0002\u000f\u0011\u0016\u001d-\u001f]/g
