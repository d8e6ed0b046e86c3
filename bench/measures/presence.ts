import { crowdedRoom } from '../../e2e/presence/crowdedRoom.ts'
import { joinBurst } from '../../e2e/presence/joinBurst.ts'
import type { Measure, Reading } from './measure.ts'

/** Everybody of one room online, hundreds who come, go and type: what one device hears of it, and what it costs the server. */
export const presence: Measure = {
  name: 'presence',
  targets: ['ours'],
  cases: ({ presence: { members } }) =>
    members.flatMap((count) => [
      {
        title: `1 × ${count.toLocaleString('en')} online`,
        headline: { figure: 'bytes/screen', better: 'less' } as const,
        run: () => run(count),
      },
      {
        title: `${(count / 50).toLocaleString('en')} join ${(count - count / 50).toLocaleString('en')} online`,
        headline: { figure: 'CPU ms/join', better: 'less' } as const,
        run: () => runJoins(count - count / 50, count / 50),
      },
    ]),
}

const run = async (members: number): Promise<Reading> => {
  const { going, typing, writing, writes, server } = await crowdedRoom({ members, movers: members / 10, typists: members / 25, messages: 30 }, HEAP_MAX_MB)
  return {
    figures: {
      'presence frames': going.reader.frames,
      'typing frames': typing.reader.frames,
      'bytes/screen': going.reader.bytes + typing.reader.bytes,
      'notices/bystander': writing.bystander.frames,
      'disk writes': writes.transactions,
      'server MB': server.onlineMegabytes,
      'KB/connection': ((server.onlineMegabytes - server.idleMegabytes) * 1024) / members,
    },
    marks: ['on any core'],
  }
}

/** How long it takes, what it costs the server, how long others wait for an answer meanwhile, and how often one device is told. */
const runJoins = async (members: number, joiners: number): Promise<Reading> => {
  const burst = await joinBurst({ members, joiners })
  return {
    figures: {
      'joined ms': burst.joinedMs,
      'known ms': burst.knownMs,
      'CPU ms/join': burst.serverCpuMs / joiners,
      'slowest ping ms': burst.slowestPingMs,
      'rows/member': burst.rows,
    },
    marks: ['on any core'],
  }
}

const HEAP_MAX_MB = 256
