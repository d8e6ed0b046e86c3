// The one append, behind every entrance: socket, HTTP, import, bots.
//
//   authorise (rate here, membership inside the transaction) → validate → commit → acknowledge

import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { NewEntry } from '../../shared/conversation/entry.ts'
import type { ConversationId, DeviceId, EntryId, UserId } from '../../shared/ids.ts'
import { APPEND_MAX_ENTRIES, APPEND_RATE_ENTRIES, APPEND_RATE_SECONDS, MENTION_ALL_COST } from '../../shared/limits.ts'
import type { AppendResult } from '../../shared/protocol/messages.ts'
import type { Refusal } from '../../shared/protocol/refusal.ts'
import { RefusedError, refusal } from '../../shared/protocol/refusal.ts'
import type { RefusalReason } from '../../shared/protocol/refusalReasons.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'
import type { CommitOutcome, CommitRequest } from '../../storage/database.ts'
import type { GroupCommit, Settled } from './groupCommit.ts'
import { validateEntry } from './validate.ts'

export class Append {
  readonly #commit: GroupCommit
  readonly #clock: () => number
  readonly #rate = new RateLimiterMemory({ points: APPEND_RATE_ENTRIES, duration: APPEND_RATE_SECONDS })
  #draining = false

  constructor(commit: GroupCommit, clock: () => number) {
    this.#commit = commit
    this.#clock = clock
  }

  /** `answer` is called once, when everything it says is durable. */
  submit(by: Author, conversation: ConversationId, entries: readonly unknown[], answer: (answer: AppendAnswer) => void): void {
    if (this.#draining) return answer({ refusal: DRAINING })
    // Not by the device alone: everyone sees whose entry came from which device, and could use up its share.
    this.#rate.consume(`${by.user} ${by.device}`, costOf(entries)).then(
      () => this.#validated(by, conversation, entries, answer),
      (limited: unknown) => {
        // The in-memory limiter rejects with nothing else.
        if (!(limited instanceof RateLimiterRes)) throw limited
        answer({ refusal: refusal('rate-limited', 'Too many messages at once. They are sent in a moment.', limited.msBeforeNext) })
      },
    )
  }

  append(by: Author, conversation: ConversationId, entries: readonly unknown[]): Promise<AppendResult[]> {
    return new Promise((resolve, reject) => {
      this.submit(by, conversation, entries, (answer) => {
        if ('results' in answer) resolve(answer.results)
        else reject(new RefusedError(answer.refusal.code, answer.refusal.words, answer.refusal.retryAfter, answer.refusal.reason))
      })
    })
  }

  appendTrusted(requests: readonly CommitRequest[]): Promise<CommitOutcome[]> {
    if (this.#draining) return Promise.reject(new RefusedError(DRAINING.code, DRAINING.words))
    return Promise.all(requests.map((request) => this.#commitTrusted({ ...request, trusted: true })))
  }

  /** Refuses what comes from now on and resolves when what came before is durable and answered. */
  drain(): Promise<void> {
    this.#draining = true
    return this.#commit.idle()
  }

  #validated(by: Author, conversation: ConversationId, raw: readonly unknown[], answer: (answer: AppendAnswer) => void): void {
    const now = this.#clock()
    const judged = judge(raw)
    if ('refusal' in judged) return answer(judged)
    const { entries, results } = judged
    if (entries.length === 0) return answer({ results: raw.map((_, index) => must(results[index])) })
    this.#commit.submit({ conversation, author: by.user, device: by.device, entries, now }, (settled) =>
      answer(answerTo(settled, results, raw.length)),
    )
  }

  #commitTrusted(request: CommitRequest): Promise<CommitOutcome> {
    return new Promise((resolve, reject) => {
      this.#commit.submit(request, (settled) => {
        if (settled.type === 'refused') reject(new RefusedError(settled.refusal.code, settled.refusal.words, settled.refusal.retryAfter, settled.refusal.reason))
        else resolve(settled)
      })
    })
  }
}

export type Author = { user: UserId; device: DeviceId }
export type AppendAnswer = { results: AppendResult[] } | { refusal: Refusal }

const DRAINING = refusal('draining', 'The server restarts. The message is sent in a moment.')
const NOT_MEMBER = refusedBecause('not-in-it').refusal
/** Whoever is blocked is told no more than that. */
const NOT_TAKEN = refusedBecause('blocked').refusal

/** In the rate. Whatever else they hold is judged when it was paid for. */
function costOf(entries: readonly unknown[]): number {
  return entries.reduce<number>((cost, entry) => cost + (callsAllAgain(entry) ? MENTION_ALL_COST : 1), 0)
}

/** A message that does so costs what any other costs: each member's list derives it. */
function callsAllAgain(raw: unknown): boolean {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw) || !('body' in raw) || (raw.kind !== 'reply' && raw.kind !== 'edit')) return false
  return typeof raw.body === 'object' && raw.body !== null && 'mentionsAll' in raw.body
}

/** Entries to commit; `results` holds the refusals at their place in the request and gaps for those entries. */
function judge(raw: readonly unknown[]): { entries: NewEntry[]; results: (AppendResult | undefined)[] } | { refusal: Refusal } {
  if (raw.length === 0 || raw.length > APPEND_MAX_ENTRIES) {
    return { refusal: refusal('malformed', `Send 1 to ${APPEND_MAX_ENTRIES} entries at a time.`) }
  }
  const entries: NewEntry[] = []
  const results: (AppendResult | undefined)[] = []
  try {
    for (const item of raw) {
      const verdict = validateEntry(item)
      if (verdict.ok) entries.push(verdict.entry)
      results.push(verdict.ok ? undefined : { id: verdict.id, refusal: verdict.refusal })
    }
  } catch (error) {
    if (error instanceof RefusedError) return { refusal: error.refusal }
    throw error
  }
  return { entries, results }
}

function answerTo(settled: Settled, bad: readonly (AppendResult | undefined)[], length: number): AppendAnswer {
  if (settled.type === 'refused') return { refusal: settled.refusal }
  if (settled.type === 'not-member') return { refusal: NOT_MEMBER }
  if (settled.type === 'blocked') return { refusal: NOT_TAKEN }
  const committed = settled.results.values()
  // One result per committed entry, in order; the others were refused above.
  return { results: Array.from({ length }, (_, index) => bad[index] ?? resultOf(must(committed.next().value))) }
}

function resultOf(result: StoredResult): AppendResult {
  switch (result.type) {
    case 'stored':
      return { id: result.entry.id, seq: result.entry.seq }
    case 'duplicate':
      return { id: result.id, seq: result.seq }
    case 'id-conflict':
      return refused(result.id, 'id-used')
    case 'reply-unknown':
      return refused(result.id, 'about-unknown')
    case 'not-author':
      return refused(result.id, 'not-author')
    case 'forbidden':
      return refused(result.id, 'admins-only')
    case 'erased':
      return refused(result.id, 'about-erased')
    case 'not-member':
      return { id: result.id, refusal: NOT_MEMBER }
    case 'blocked':
      return { id: result.id, refusal: NOT_TAKEN }
    default:
      return result satisfies never
  }
}

function refused(id: EntryId, reason: RefusalReason): AppendResult {
  return { id, refusal: refusedBecause(reason).refusal }
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The log answered fewer results than it was given entries.')
  return value
}

type StoredResult = Extract<CommitOutcome, { type: 'committed' }>['results'][number]
