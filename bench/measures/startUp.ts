import { INBOX_FIRST_ROWS } from '../../shared/limits.ts'
import { InboxPage } from '../../shared/protocol/api.ts'
import { ServerProcess } from '../host/serverProcess.ts'
import { seed } from '../targets/parley.ts'
import type { Target } from '../targets/target.ts'
import { median } from './median.ts'
import type { Measure, Reading } from './measure.ts'

/** What a device with an empty store asks for before it can show its list: the first page of the inbox. */
export const startUp: Measure = {
  name: 'startup',
  targets: ['ours'],
  cases: (sizes) =>
    sizes.startUp.conversations.map((conversations) => ({
      title: `${conversations.toLocaleString('en')} conversations`,
      headline: { figure: 'warm ms', better: 'less' },
      run: (target) => run(target, conversations, sizes.startUp.repeats),
    })),
}

const run = async (target: Target, conversations: number, repeats: number): Promise<Reading> => {
  const server = await ServerProcess.start(target)
  const plan = Array.from({ length: conversations }, (_, room) => ({ room: `room-${room}`, members: ['alice', `peer-${room}`], history: 3 }))
  const alice = (await seed(server.port, { rooms: plan })).people.find(({ member }) => member === 'alice')
  if (alice === undefined) throw new Error('alice was not seeded')
  const first = await inbox(server.port, alice.token)
  const warm: number[] = []
  while (warm.length < repeats) warm.push((await inbox(server.port, alice.token)).milliseconds)
  await server.stop()
  return { figures: { 'first ms': first.milliseconds, 'warm ms': median(warm), bytes: first.bytes }, marks: [`${first.rows} rows`] }
}

const inbox = async (port: number, token: string): Promise<{ milliseconds: number; bytes: number; rows: number }> => {
  const started = performance.now()
  const answer = await fetch(`http://127.0.0.1:${port}/api/inbox?limit=${INBOX_FIRST_ROWS}`, { headers: { authorization: `Bearer ${token}` } })
  const body = await answer.text()
  const milliseconds = performance.now() - started
  return { milliseconds, bytes: Buffer.byteLength(body), rows: InboxPage.parse(JSON.parse(body)).rows.length }
}
