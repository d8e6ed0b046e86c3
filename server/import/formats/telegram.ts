// Telegram Desktop's result.json, of one chat or of all. The chat's name, type and id stand before its messages, so
// they are known when the first message comes by; a chat without messages says nothing.

import { z } from 'zod'
import type { ExportFile } from './exportFile.ts'
import { readJsonItems } from './jsonItems.ts'
import type { ImportOptions, ImportRecord } from './source.ts'
import { TelegramMessage, toTelegramEntry } from './telegramMessage.ts'

/** `title` names a chat that does not name itself. */
export async function* readTelegram(
  file: ExportFile,
  title: string,
  options: ImportOptions,
): AsyncGenerator<ImportRecord> {
  let chat: Chat = { place: '', announced: false, fields: {} }
  for await (const item of readJsonItems(file, PATHS)) {
    if (item.type === 'broken') {
      yield { type: 'problem', file: file.name, line: item.line, words: item.words }
      continue
    }
    const index = item.path.lastIndexOf('messages')
    const place = item.path.slice(0, index === -1 ? -1 : index).join('.')
    if (place !== chat.place) chat = { place, announced: false, fields: {} }
    if (index === -1) {
      chat.fields = { ...chat.fields, [String(item.path.at(-1))]: item.value }
      continue
    }
    const conversation = toConversation(chat, title)
    if (!chat.announced) yield { type: 'conversation', conversation }
    chat.announced = true
    const message = TelegramMessage.safeParse(item.value)
    const entry = message.success
      ? toTelegramEntry(message.data, Number(item.path.at(-1)), options)
      : z.prettifyError(message.error)
    if (typeof entry === 'string') yield { type: 'problem', file: file.name, line: item.line, words: entry }
    else yield { type: 'entry', conversation: conversation.key, entry }
  }
}

function toConversation({ place, fields }: Chat, title: string) {
  const { id, name, type } = ChatFields.parse(fields)
  return {
    key: String(id ?? `${title} ${place}`).trim(),
    name: name ?? title,
    kind: type !== undefined && WITH_ONE.has(type) ? ('direct' as const) : ('group' as const),
  }
}

/** A field of a kind we do not expect is as good as absent. */
const ChatFields = z.object({
  id: z.union([z.int(), z.string()]).optional().catch(undefined),
  name: z.string().min(1).optional().catch(undefined),
  type: z.string().optional().catch(undefined),
})

type Chat = { place: string; announced: boolean; fields: Record<string, unknown> }

const WITH_ONE: ReadonlySet<string> = new Set(['personal_chat', 'bot_chat', 'saved_messages'])

const PATHS = ['$', '$.chats.list.*', '$.left_chats.list.*'].flatMap((chat) =>
  ['id', 'name', 'type', 'messages.*'].map((field) => `${chat}.${field}`),
)
