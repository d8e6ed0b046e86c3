import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNodeEngine } from '../../client/node/engine.ts'
import type { Engine, Readable } from '../../client/sync/engine.ts'
import { foundInFile, foundOverApi } from './found.ts'
import { CrashTest } from './rounds.ts'

let crashTest: CrashTest
beforeAll(async () => {
  crashTest = await CrashTest.create()
}, 60_000)
afterAll(() => crashTest.remove())

test('[P3] SIGTERM under load loses nothing that was acknowledged, ends in order, and the next process goes on', async () => {
  const { server, ledger, wanted } = crashTest
  for (let round = 1; round <= 3; round++) {
    const load = crashTest.startLoad(round)
    await ledger.reached(ledger.counts.acknowledged + 50)
    expect(await server.terminate()).toBe(0)
    await load.stop()
    expect(ledger.broken(await foundInFile(server.dataDir, wanted))).toEqual([])
    await server.start()
    expect(ledger.broken(await foundOverApi(server.origin, wanted))).toEqual([])
  }
})

test('[P3] clients come back to the next process by themselves, and what was written meanwhile arrives once', async () => {
  const { server } = crashTest
  const [erin, frank] = await Promise.all([signedUp('erin'), signedUp('frank')])
  const { account } = frank
  const state = account.get()
  const outcome = state.state === 'signed-in' ? await erin.startDirect(state.person.id) : null
  if (outcome?.ok !== true) throw new Error('the conversation could not be started')
  const [hers, his] = [erin.open(outcome.value), frank.open(outcome.value)]
  try {
    for (let message = 0; message < 10; message++) await hers.send({ text: `before ${message}` })
    const going = server.terminate()
    for (let message = 0; message < 10; message++) await Promise.all([hers.send({ text: `while ${message}` }), his.send({ text: `also ${message}` })])
    expect(await going).toBe(0)
    await his.send({ text: 'nobody there' })
    await server.start()
    await until(hers.timeline, ({ head }) => head === 31)
    await until(his.timeline, ({ head }) => head === 31)
    await until(erin.outbox, ({ pending }) => pending === 0)
    await until(frank.outbox, ({ pending }) => pending === 0)
    const texts = (conversation: typeof hers): unknown[] => Array.from({ length: 31 }, (_, index) => conversation.timeline.at(index)?.body.text)
    expect(new Set(texts(hers)).size).toBe(31)
    expect(texts(his)).toEqual(texts(hers))
  } finally {
    await Promise.all([erin.close(), frank.close()])
  }
})

async function signedUp(handle: string): Promise<Engine> {
  const engine = await createNodeEngine({ server: crashTest.server.origin })
  const outcome = await engine.signUp({ handle, name: handle, password: `the dog of ${handle} runs` })
  if (!outcome.ok) throw new Error(outcome.refusal.words)
  return engine
}

function until<T>(readable: Readable<T>, holds: (value: T) => boolean): Promise<void> {
  return new Promise((done) => {
    const look = (): void => {
      if (!holds(readable.get())) return
      off()
      done()
    }
    const off = readable.subscribe(look)
    look()
  })
}
