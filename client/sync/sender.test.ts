import { expect, test } from 'vitest'
import { Seq } from '../../shared/ids.ts'
import type { Answer } from './connection.ts'
import { ConnectionLostError } from './connection.ts'
import { createMemoryStore } from './memoryStore.ts'
import { Outbox } from './outbox.ts'
import { alice, entryId, lunch, newEntry } from './people.testing.ts'
import { Sender } from './sender.ts'
import { StoreWriter } from './storeWriter.ts'
import { createHandTimers } from './timers.testing.ts'

type Request = Parameters<ConstructorParameters<typeof Sender>[0]['connection']['request']>[0]

/** A sender whose connection is this test: `answer` says what each request meets. */
async function setup(answer: (request: Request) => Promise<Answer>) {
  const store = createMemoryStore()
  const outbox = new Outbox({ store, writer: new StoreWriter(store), post: () => undefined, changed: () => undefined })
  await outbox.add(lunch, alice, newEntry(1))
  await outbox.add(lunch, alice, newEntry(2))
  const requests: unknown[] = []
  const connection = {
    isUp: () => true,
    request(request: Request) {
      if (request.type === 'append') requests.push(request.entries)
      return answer(request)
    },
  }
  const sender = new Sender({ connection, outbox, timers: createHandTimers(), random: () => 0.5, report: fail, follows: () => false })
  return { sender, outbox, requests }
}

test('a lost connection ends the sending, even if it does not know yet that it is lost; the next one begins again', async () => {
  let tries = 0
  const { sender, outbox, requests } = await setup(async () => {
    // Again and again without a pause would hang this test, and a device.
    if (++tries > 2) throw new Error('Tried again on a lost connection.')
    if (tries === 1) throw new ConnectionLostError()
    return { type: 'appended', ref: 0, results: [1, 2].map((number) => ({ id: entryId(number), seq: Seq.parse(number) })) }
  })
  sender.kick([lunch])
  await turns()
  expect(requests).toHaveLength(1)
  expect(outbox.of(lunch)).toHaveLength(2)
  sender.kick([lunch])
  await turns()
  expect(requests).toHaveLength(2)
  expect(requests[1]).toEqual(requests[0])
  expect(outbox.of(lunch)).toEqual([])
})

function fail(error: unknown): void {
  throw error
}

/** Everything that waits for nothing but promises has happened. */
function turns(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5))
}
