// A Slack export is a folder: users.json, a list of conversations for each sort, and for each conversation a folder with
// one file per day. A message of a thread stands in the file of its own day.

import { z } from 'zod'
import type { ExportFile } from './exportFile.ts'
import { inOrder } from './inOrder.ts'
import { readJsonItems } from './jsonItems.ts'
import { SlackMessage, slackName, SlackProfile, toSlackEntry } from './slackMessage.ts'
import type { ImportedConversation, ImportProblem, ImportRecord } from './source.ts'

export async function* readSlack(files: readonly ExportFile[]): AsyncGenerator<ImportRecord> {
  const root = slackRoot(files)
  if (root === null) return
  const names = new Map<string, string>()
  for await (const found of readList(files, `${root}users.json`, SlackUser)) {
    if ('type' in found) yield found
    else names.set(found.id, slackName(found.profile ?? {}, found.real_name || found.name || found.id))
  }
  const channels: Channel[] = []
  for (const [list, kind] of LISTS) {
    for await (const found of readList(files, `${root}${list}`, SlackChannel)) {
      if ('type' in found) yield found
      else channels.push(toChannel(found, kind, names))
    }
  }
  for (const { conversation } of channels) names.set(conversation.key, conversation.name)
  for (const { folder, conversation } of channels) {
    const days = files.filter((file) => file.name.startsWith(`${root}${folder}/`) && DAY_FILE.test(file.name))
    if (days.length === 0) continue
    yield { type: 'conversation', conversation }
    yield* inOrder(readDays(days, conversation.key, names), LATE_ENTRIES)
  }
}

/** The folder that holds the export, as a zip often has one more around it; `null` when there is none. */
export function slackRoot(files: readonly { name: string }[]): string | null {
  const roots = files.map((file) => /^(?<root>(?:.*\/)?)users\.json$/.exec(file.name)?.groups?.['root'])
  const names = new Set(files.map((file) => file.name))
  return roots.find((root) => root !== undefined && LISTS.some(([list]) => names.has(root + list))) ?? null
}

async function* readDays(
  days: readonly ExportFile[],
  conversation: string,
  names: ReadonlyMap<string, string>,
): AsyncGenerator<ImportRecord> {
  for (const file of days.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    for await (const item of readJsonItems(file, ['$.*'])) {
      const message = item.type === 'value' ? SlackMessage.safeParse(item.value) : null
      if (item.type === 'broken' || message === null) {
        yield problem(file.name, item.line, item.type === 'broken' ? item.words : '')
        continue
      }
      const entry = message.success ? toSlackEntry(message.data, names) : z.prettifyError(message.error)
      if (typeof entry === 'string') yield problem(file.name, item.line, entry)
      else yield { type: 'entry', conversation, entry }
    }
  }
}

/** The valid elements of a JSON array; a list that is absent is empty, as not every workspace has every sort. */
async function* readList<T extends object>(
  files: readonly ExportFile[],
  name: string,
  schema: z.ZodType<T>,
): AsyncGenerator<T | ImportProblem> {
  const file = files.find((each) => each.name === name)
  if (file === undefined) return
  for await (const item of readJsonItems(file, ['$.*'])) {
    if (item.type === 'broken') {
      yield problem(name, item.line, item.words)
      continue
    }
    const found = schema.safeParse(item.value)
    yield found.success ? found.data : problem(name, item.line, z.prettifyError(found.error))
  }
}

function toChannel(found: SlackChannel, kind: ImportedConversation['kind'], names: ReadonlyMap<string, string>): Channel {
  const people = (found.members ?? []).map((id) => names.get(id) ?? id).join(', ')
  // Direct conversations have no name and their folder is called by the id.
  return { folder: found.name ?? found.id, conversation: { key: found.id, name: (found.name ?? people) || found.id, kind } }
}

function problem(file: string, line: number, words: string): ImportProblem {
  return { type: 'problem', file, line, words }
}

const SlackUser = z.object({
  id: z.string(),
  name: z.string().optional(),
  real_name: z.string().nullish(),
  profile: SlackProfile.optional(),
})

const SlackChannel = z.object({ id: z.string(), name: z.string().min(1).optional(), members: z.array(z.string()).optional() })
type SlackChannel = z.infer<typeof SlackChannel>

type Channel = { folder: string; conversation: ImportedConversation }

const LISTS = [
  ['channels.json', 'group'],
  ['groups.json', 'group'],
  ['mpims.json', 'group'],
  ['dms.json', 'direct'],
] as const satisfies readonly (readonly [string, ImportedConversation['kind']])[]

const DAY_FILE = /\/\d{4}-\d\d-\d\d\.json$/

/** Slack sorts a day, now and then a message late. */
const LATE_ENTRIES = 1_000
