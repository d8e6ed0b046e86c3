// A conversation as it is written down for the preview: times are minutes before now, so that it never grows old.

import type { MessageBody } from '../../../shared/conversation/entry.ts'
import type { EventBody } from '../../../shared/conversation/event.ts'
import type { ConversationKind, Role } from '../../../shared/conversation/membership.ts'
import type { PictureId } from '../../../shared/ids.ts'
import type { Mark } from '../../sync/engine.ts'
import type { Handle } from './people.ts'

export type Line = {
  by: Handle
  ago: number
  text: string
  /** Index of the line this one answers. */
  answers?: number
  style?: NonNullable<MessageBody['style']>
  /** Emoji, then who chose it. */
  reactions?: readonly { emoji: string; by: readonly Handle[] }[]
  /** What it said before it was edited. */
  before?: string
  mark?: Mark['state']
  /** It happened; nobody said it. */
  event?: EventBody
  /** Deleted for everyone, by whom. */
  erasedBy?: Handle
  mentions?: readonly Handle[]
  pinned?: true
  saved?: true
  forwarded?: true
}

export type Script = {
  kind: ConversationKind
  /** Empty for a direct conversation. */
  name: string
  /** Role of the person in front of the screen comes first. */
  members: readonly (readonly [Handle, Role])[]
  lines: { length: number; at(index: number): Line }
  topic?: string
  picture?: PictureId
  unread?: number
  pinned?: boolean
  muted?: boolean
  draft?: string
  typing?: readonly Handle[]
}

export function lines(list: readonly Line[]): Script['lines'] {
  return {
    length: list.length,
    at: (index) => {
      const line = list[index]
      if (line === undefined) throw new Error('asked within length')
      return line
    },
  }
}

/** A long conversation made on demand: the same line for the same index, whenever it is asked for. */
export function generated(length: number, speakers: readonly Handle[]): Script['lines'] {
  return {
    length,
    at: (index) => {
      const dice = scramble(index)
      const run = Math.floor(index / (2 + (scramble(index >> 3) % 3)))
      const by = speakers[scramble(run) % speakers.length] ?? 'tomas'
      return { by, ago: Math.round((length - 1 - index) * 7.3), text: sentence(dice), ...(dice % 41 === 0 && index > 3 ? { answers: index - 3 } : {}) }
    },
  }
}

function sentence(dice: number): string {
  const first = PHRASES[dice % PHRASES.length] ?? ''
  const count = dice % 7 === 0 ? 4 : dice % 3 === 0 ? 2 : 1
  return Array.from({ length: count }, (_, step) => (step === 0 ? first : (PHRASES[scramble(dice + step) % PHRASES.length] ?? ''))).join(' ')
}

/** Spreads neighbouring numbers apart. */
function scramble(value: number): number {
  let mixed = Math.imul(value + 0x9e3779b9, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

const PHRASES = [
  'The crane is back at berth four, they finished before noon.',
  'Can somebody check the tide table again? I have 05:12 and the board says 05:40.',
  'ok',
  'Done 👍',
  'I would rather wait for the inspector than do it twice.',
  'Forwarded to the port office, reference HN-2291.',
  'That is the third time this week.',
  'See https://tides.example.org/harbour/north?from=monday for the full table.',
  'Good morning everyone',
  'Who has the key to the container with the string lights?',
  'On my way, ten minutes.',
  'Thank you, that helps a lot!',
  'Could we move it to Thursday? Wednesday is the delivery of the generators and nobody will be free before six.',
  '😂',
  'No.',
  'The quote came in at 1,480, a little under what we planned.',
]
