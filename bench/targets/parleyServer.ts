/**
 * Our server as it is, in one process with a second entrance: a socket file through which the bench brings people and
 * rooms, because signing up thousands of people costs minutes of argon2 and measures nothing of what is measured here.
 */
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { offerClaim } from '../../server/auth/claim.ts'
import { secretHash } from '../../server/auth/secretHash.ts'
import { readConfig } from '../../server/config.ts'
import { prepareDataDir } from '../../server/dataDir.ts'
import { createLogger } from '../../server/logger.ts'
import { startServer } from '../../server/server.ts'
import { ConversationId, DeviceId, EntryId, SessionId, UserId } from '../../shared/ids.ts'
import type { Database } from '../../storage/database.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'

export const SeedRequest = z.object({
  rooms: z.array(
    z.object({
      room: z.string(),
      members: z.array(z.string()).readonly(),
      /** How many entries the room has already, by its members in turns. */
      history: z.int().optional(),
    }),
  ),
  /** A member who is to sign up in a browser. */
  claims: z.string().optional(),
})
export type SeedRequest = z.infer<typeof SeedRequest>
export const Seeded = z.object({
  rooms: z.array(z.object({ room: z.string(), id: ConversationId })),
  people: z.array(z.object({ member: z.string(), user: UserId, token: z.string() })),
  /** What they give at sign-up. */
  claim: z.string().optional(),
})

export const seedSocket = (dataFolder: string): string => `${dataFolder}/seed.sock`

const seed = async (database: Database, { rooms: plan, claims }: SeedRequest): Promise<z.infer<typeof Seeded>> => {
  const now = Date.now()
  const people = [...new Set(plan.flatMap(({ members }) => members))].map((member) => ({
    member,
    user: UserId.parse(uuidv7()),
    token: uuidv7(),
  }))
  const idOf = new Map(people.map(({ member, user }) => [member, user]))
  const rooms = plan.map(({ room, members, history = 0 }) => ({
    room,
    history,
    id: ConversationId.parse(uuidv7()),
    users: members.map((member) => idOf.get(member)!), // all are in `people`
  }))
  await database.bulk.arrive(
    {
      people: people.map(({ member, user }) => ({ id: user, handles: [handleOf(member, user)], name: member })),
      conversations: rooms.map(({ room, id, users }) => ({ kind: 'group', id, name: room, owner: users[0]! })), // no room is empty
      members: rooms.flatMap(({ id, users }) => users.map((user) => ({ conversation: id, user, role: 'member' as const }))),
    },
    now,
  )
  for (const { id, users, history } of rooms) await write(database, id, users, history)
  for (const { user, token } of people) {
    await database.sessions.create({
      id: SessionId.parse(uuidv7()),
      tokenHash: secretHash(token),
      user,
      device: DeviceId.parse(uuidv7()),
      label: 'bench',
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + 86_400_000,
    })
  }
  const claimant = people.find(({ member }) => member === claims)
  const offer = claimant === undefined ? null : await offerClaim(database.accounts, handleOf(claimant.member, claimant.user), Date.now())
  return { rooms: rooms.map(({ room, id }) => ({ room, id })), people, ...(offer?.type === 'offered' ? { claim: offer.code } : {}) }
}

const handleOf = (member: string, user: UserId): string => `${member}-${user}`.slice(-32)

const write = async (database: Database, conversation: ConversationId, users: readonly UserId[], history: number): Promise<void> => {
  const device = DeviceId.parse(uuidv7())
  for (let written = 0; written < history; ) {
    const count = Math.min(HISTORY_BATCH, history - written)
    const author = users[written % users.length]! // no room is empty
    const entries = Array.from({ length: count }, (_, index) => ({
      id: EntryId.parse(uuidv7()),
      at: Date.now(),
      kind: 'message' as const,
      body: { text: `${written + index + 1}: shall we meet at four, or is that too late for the drawings? I will bring the key to the small room.` },
    }))
    await database.log.commit([{ conversation, author, device, entries, now: Date.now(), trusted: true }])
    written += count
  }
}

const HISTORY_BATCH = 5_000

if (import.meta.main) {
  const config = readConfig()
  const database = await openSqlite({ file: prepareDataDir(config.dataDir) })
  const entrance = createServer((request, response) => {
    void json(request)
      .then((body) => seed(database, SeedRequest.parse(body)))
      .then((seeded) => response.end(JSON.stringify(seeded)))
  })
  entrance.listen(seedSocket(config.dataDir))
  await startServer({ config, database, logger: createLogger(config.logLevel) })
}
