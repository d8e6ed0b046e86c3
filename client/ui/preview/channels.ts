// A directory for the preview.

import type { Entry } from '../../../shared/conversation/entry.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import { ConversationId as ConversationIdSchema, EntryId, Seq } from '../../../shared/ids.ts'
import type { Channel, ChannelPreview } from '../../../shared/protocol/api.ts'
import { refusal } from '../../../shared/protocol/refusal.ts'
import type { Outcome } from '../../sync/engine.ts'
import type { Handle } from './people.ts'
import { DEVICE, people, userId } from './people.ts'

export function previewChannels(now: number): Channel[] {
  return [
    channel(1, 'Announcements', 'What everybody should know', 128, true, now),
    channel(2, 'Lighthouse stairs', 'The renewal, its costs and who brings the paint', 23, false, now),
    channel(3, 'Recipes', '', 9, false, now),
  ]
}

export function previewOfChannel(id: ConversationId, now: number): Outcome<ChannelPreview> {
  const found = previewChannels(now).find((other) => other.id === id)
  if (found === undefined) return { ok: false, refusal: refusal('not-member', 'You are not in this conversation.') }
  return { ok: true, value: { channel: found, entries: [said(1, 'tomas', 'The **third** step is loose.', now), said(2, 'noa', 'I have a board that fits.', now)], people: [...people.values()] } }
}

function channel(number: number, name: string, topic: string, members: number, joined: boolean, now: number): Channel {
  return { id: ConversationIdSchema.parse(`01900000-0000-7000-8000-0000000000c${number}`), name, topic, members, joined, lastAt: now, touched: now - number }
}

function said(number: number, by: Handle, text: string, now: number): Entry {
  const id = EntryId.parse(`01900000-0000-7000-8000-0000000000e${number}`)
  return { id, seq: Seq.parse(number), author: userId(by), device: DEVICE, at: now - 60_000, kind: 'message', body: { text } }
}
