import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Entry } from '../../shared/conversation/entry.ts'
import type { Seq } from '../../shared/ids.ts'
import { ConversationId, DeviceId, UserId } from '../../shared/ids.ts'
import { COMMIT_QUEUE_MAX_ENTRIES } from '../../shared/limits.ts'
import type { CommitOutcome, CommitRequest } from '../../storage/database.ts'
import { StorageFullError } from '../../storage/database.ts'
import { createLogger } from '../logger.ts'
import { entry } from '../gateway/stage.ts'
import type { Settled } from './groupCommit.ts'
import { GroupCommit } from './groupCommit.ts'

const [lunch, dinner] = [ConversationId.parse(uuidv7()), ConversationId.parse(uuidv7())]
const alice = UserId.parse(uuidv7())
const device = DeviceId.parse(uuidv7())

describe('requests of one turn', () => {
  it('share one commit, across conversations', async () => {
    const { commit, batches } = setup()
    commit.submit(request(lunch), ignore)
    commit.submit(request(dinner), ignore)
    commit.submit(request(lunch), ignore)
    await commit.idle()
    expect(batches.map((batch) => batch.length)).toEqual([3])
  })

  it('that arrive while a commit runs make the next one', async () => {
    const disk = Promise.withResolvers<void>()
    const started = Promise.withResolvers<void>()
    const { commit, batches } = setup(async () => {
      started.resolve()
      await disk.promise
    })
    commit.submit(request(lunch), ignore)
    await started.promise
    for (let i = 0; i < 5; i += 1) commit.submit(request(lunch), ignore)
    disk.resolve()
    await commit.idle()
    expect(batches.map((batch) => batch.length)).toEqual([1, 5])
  })

  it('are answered before anyone else is told, and both only when durable', async () => {
    const happened: string[] = []
    const { commit } = setup(
      () => void happened.push('durable'),
      (entries) => happened.push(`told ${entries.length}`),
    )
    commit.submit(request(lunch), () => happened.push('answered'))
    commit.submit(request(lunch), () => happened.push('answered'))
    await commit.idle()
    expect(happened).toEqual(['durable', 'answered', 'answered', 'told 2'])
  })
})

describe('after a commit', () => {
  it('the next few requests are gathered; so many that they are a batch already are not', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const { commit, batches } = setup()
    const sizes = () => batches.map((batch) => batch.length)
    commit.submit(request(lunch), ignore)
    await vi.advanceTimersByTimeAsync(1)
    commit.submit(request(lunch), ignore)
    await vi.advanceTimersByTimeAsync(4)
    commit.submit(request(dinner), ignore)
    await vi.advanceTimersByTimeAsync(4)
    expect(sizes()).toEqual([1])
    await vi.advanceTimersByTimeAsync(4)
    expect(sizes()).toEqual([1, 2])
    commit.submit(request(lunch), ignore)
    for (let more = 0; more < 40; more += 1) commit.submit(request(lunch), ignore)
    await vi.advanceTimersByTimeAsync(1)
    expect(sizes()).toEqual([1, 2, 41])
    await vi.advanceTimersByTimeAsync(100)
    commit.submit(request(lunch), ignore)
    await vi.advanceTimersByTimeAsync(1)
    expect(sizes()).toEqual([1, 2, 41, 1])
  })
})

describe('when the disk is full', () => {
  it('everyone is refused with words, and the next commit succeeds when there is room', async () => {
    let full = true
    const { commit } = setup(() => {
      if (full) throw new StorageFullError()
    })
    expect(await settled(commit, request(lunch))).toMatchObject({ type: 'refused', refusal: { code: 'storage-full', retry: true } })
    full = false
    expect(await settled(commit, request(lunch))).toMatchObject({ type: 'committed' })
  })
})

it('whatever else the database does, the authors hear that they may try again', async () => {
  const { commit } = setup(() => {
    throw new Error('disk I/O error')
  })
  expect(await settled(commit, request(lunch))).toMatchObject({ type: 'refused', refusal: { code: 'unavailable', retry: true } })
})

it('the queue for the disk has an end', async () => {
  const disk = Promise.withResolvers<void>()
  const { commit } = setup(() => disk.promise)
  const full = Array.from({ length: COMMIT_QUEUE_MAX_ENTRIES }, () => ONE)
  commit.submit({ ...request(lunch), entries: full }, ignore)
  expect(await settled(commit, request(lunch))).toMatchObject({ type: 'refused', refusal: { code: 'unavailable', retry: true } })
  disk.resolve()
  await commit.idle()
})

const ONE = entry('one')

function setup(beforeDurable: () => void | Promise<void> = ignore, onCommitted: (entries: Entry[]) => void = ignore) {
  const batches: (readonly CommitRequest[])[] = []
  let seq = 0
  const log = {
    commit: async (requests: readonly CommitRequest[]): Promise<CommitOutcome[]> => {
      batches.push(requests)
      await beforeDurable()
      return requests.map(({ entries, author }) => ({
        type: 'committed',
        head: seq as Seq,
        // This test sends messages only.
        results: entries.map((one) => ({ type: 'stored', entry: { ...one, author, device, seq: (seq += 1) as Seq } as Entry })),
      }))
    },
  }
  const commit = new GroupCommit(log, (committed) => committed.forEach(onCommitted), createLogger('silent'))
  return { commit, batches }
}

function request(conversation: ConversationId): CommitRequest {
  return { conversation, author: alice, device, entries: [ONE], now: 1 }
}

function settled(commit: GroupCommit, one: CommitRequest): Promise<Settled> {
  return new Promise((resolve) => commit.submit(one, resolve))
}

function ignore(): void {
  // Nobody waits for this answer.
}
