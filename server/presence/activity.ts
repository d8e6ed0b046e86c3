// Activity notices: a conversation that a connected member does not have on screen has something new. A burst of entries
// leaves as one notice, and all conversations of one window as one message.

import type { LastEntry } from '../../shared/conversation/inbox.ts'
import { previewOf } from '../../shared/conversation/inbox.ts'
import type { Edit, Entry, Erase } from '../../shared/conversation/entry.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { Seq } from '../../shared/ids.ts'
import { ACTIVITY_COALESCE_MS } from '../../shared/limits.ts'
import type { Activity as Notice } from '../../shared/protocol/messages.ts'
import type { Committed } from '../append/groupCommit.ts'
import type { Client } from '../gateway/client.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Logger } from '../logger.ts'
import type { Audience } from './audience.ts'

export class Activity {
  readonly #audience: Audience
  readonly #hub: Hub
  readonly #lastOf: LastOf
  readonly #logger: Logger
  #fresh = new Map<ConversationId, Fresh>()
  #timer: NodeJS.Timeout | null = null

  constructor(audience: Audience, hub: Hub, lastOf: LastOf, logger: Logger) {
    this.#audience = audience
    this.#lastOf = lastOf
    this.#hub = hub
    this.#logger = logger
  }

  note(committed: Committed, now: number): void {
    if (this.#hub.size === 0) return
    for (const [conversation, entries] of committed) {
      const [first, head] = [entries[0]?.seq, entries.at(-1)?.seq]
      if (first === undefined || head === undefined) continue
      let fresh = this.#fresh.get(conversation)
      if (fresh === undefined) this.#fresh.set(conversation, (fresh = { since: Seq.parse(first - 1), head, last: null, touched: now, byAuthor: new Map(), quiet: 0, erased: false, mentions: [] }))
      fresh.head = head
      fresh.touched = now
      for (const entry of entries) count(fresh, entry)
    }
    this.#timer ??= setTimeout(() => void this.#flush(), ACTIVITY_COALESCE_MS).unref()
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  async #flush(): Promise<void> {
    this.#timer = null
    const fresh = this.#fresh
    this.#fresh = new Map()
    try {
      const told = new Map<Client, string[]>()
      for (const [conversation, activity] of fresh) {
        const last = activity.last === 'changed' ? await this.#lastOf(conversation) : activity.last
        this.#collect({ ...activity, conversation, last }, await this.#audience.members(conversation), told)
      }
      for (const [client, notices] of told) client.tellJson(`{"type":"activity","items":[${notices.join(',')}]}`)
    } catch (error) {
      // A notice is a hint: the inbox query of the next start-up tells the same.
      this.#logger.error({ err: error }, 'activity notices were lost')
    }
  }

  #collect(news: News, members: ReadonlySet<UserId>, told: Map<Client, string[]>): void {
    let shared: string | undefined
    for (const [user, clients] of this.#audience.connected(members)) {
      const own = news.byAuthor.get(user) ?? 0
      const called = mentionsOf(news, user)
      for (const client of clients) {
        if (client.phase !== 'welcomed' || client.onScreen?.has(news.conversation) === true) continue
        const notice = own > 0 || called > 0 ? encode(news, own, called) : (shared ??= encode(news, 0, 0))
        const notices = told.get(client)
        if (notices === undefined) told.set(client, [notice])
        else notices.push(notice)
      }
    }
  }
}

function count(fresh: Fresh, entry: Entry): void {
  if (entry.kind !== 'message') {
    fresh.quiet += 1
    if (entry.kind === 'erase') fresh.erased = true
    if (entry.kind === 'edit' || entry.kind === 'erase') changed(fresh, entry)
    return
  }
  const { id, author, at, body } = entry
  fresh.last = { id, author, at, preview: previewOf(body.text) }
  fresh.byAuthor.set(author, (fresh.byAuthor.get(author) ?? 0) + 1)
  if (body.mentionsAll === true || body.mentions !== undefined) fresh.mentions.push({ author, users: body.mentionsAll === true ? 'all' : new Set(body.mentions) })
}

/** A message, of those that are new or of an older one. */
function changed(fresh: Fresh, entry: Edit | Erase): void {
  const { last } = fresh
  if (last === null) fresh.last = 'changed'
  else if (last !== 'changed' && last.id === entry.body.of) {
    fresh.last = entry.kind === 'edit' ? { ...last, preview: previewOf(entry.body.text) } : { ...last, preview: '', erased: true }
  }
}

function mentionsOf({ mentions }: News, user: UserId): number {
  return mentions.filter(({ author, users }) => author !== user && (users === 'all' || users.has(user))).length
}

function encode({ conversation, since, head, last, touched, quiet, erased }: News, own: number, mentions: number): string {
  const notice: Notice = { conversation, since, head, ...(last === null ? {} : { last }), quiet: own + quiet, ...(mentions > 0 ? { mentions } : {}), ...(erased ? { erased } : {}), touched }
  return JSON.stringify(notice)
}

type Fresh = {
  since: Seq
  head: Seq
  /** The last message among what is new; `changed`: none is, and an older one was edited or erased. */
  last: LastEntry | 'changed' | null
  touched: number
  byAuthor: Map<UserId, number>
  /** Annotations and events: nobody counts them, whoever wrote them. */
  quiet: number
  erased: boolean
  /** Whom the new messages call, and who calls. */
  mentions: { author: UserId; users: ReadonlySet<UserId> | 'all' }[]
}
type News = Omit<Fresh, 'last'> & { conversation: ConversationId; last: LastEntry | null }
/** The last message of a conversation as it reads now. */
type LastOf = (conversation: ConversationId) => Promise<LastEntry | null>
