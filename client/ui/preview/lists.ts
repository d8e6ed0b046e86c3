// What stands in the lists over the conversations of the preview: what was saved, and threads.

import type { Entry } from '../../../shared/conversation/entry.ts'
import type { ConversationId } from '../../../shared/ids.ts'
import { EntryId, Seq } from '../../../shared/ids.ts'
import type { ThreadView } from '../../../shared/protocol/api.ts'
import type { SavedMessage } from '../../sync/engine.ts'
import type { ReadMessage } from '../../sync/readMessage.ts'
import { entryId } from './conversation.ts'
import type { Handle } from './people.ts'
import { DEVICE, userId } from './people.ts'
import type { Script } from './script.ts'

export function previewSaved(scripts: readonly Script[], idOf: (index: number) => ConversationId): SavedMessage[] {
  return scripts.flatMap((script, conversation) => saidIn(script).filter(({ line }) => line.saved === true).map(({ index }) => ({ conversation: idOf(conversation), id: entryId(idOf(conversation), index) })))
}

export function previewMessage(script: Script | undefined, conversation: ConversationId, id: EntryId, now: number): ReadMessage | null {
  const found = script === undefined ? undefined : saidIn(script).find(({ index }) => entryId(conversation, index) === id)
  return found === undefined ? null : { id, author: userId(found.line.by), at: now - found.line.ago * 60_000, text: found.line.text, erased: false, thread: null, edited: false }
}

/** Of the first conversation; the others have none. */
export function previewThreads(now: number): ThreadView[] {
  return [
    { root: said(1, 'tomas', 'Berth three is ours from the 14th. Signed this morning.', 4_400, now), last: said(2, 'yusuf', 'The crane driver knows. He starts at five.', 21, now), replies: 4, unread: 2 },
    { root: said(3, 'leila', 'هل يمكننا إضافة النص العربي تحت العنوان؟ سأرسل الترجمة الليلة.', 64, now), last: said(4, 'mira', 'Sent to the printer.', 58, now), replies: 1, unread: 0 },
  ]
}

function saidIn({ lines }: Script) {
  return Array.from({ length: Math.min(lines.length, LOOKED_AT) }, (_, index) => ({ line: lines.at(index), index }))
}

function said(seq: number, by: Handle, text: string, ago: number, now: number): Entry {
  return { id: EntryId.parse(`01900000-0000-7000-8000-0000000000f${seq}`), seq: Seq.parse(seq), author: userId(by), device: DEVICE, at: now - ago * 60_000, kind: 'message', body: { text } }
}

/** The long conversations hold nothing that is saved. */
const LOOKED_AT = 100
