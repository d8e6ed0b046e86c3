// Thousands of people with sessions and conversations, written straight into a database that no server has open: to sign
// up for real costs each of them a tenth of a second of argon2.

import { v7 as uuidv7 } from 'uuid'
import { secretHash } from '../../server/auth/secretHash.ts'
import { prepareDataDir } from '../../server/dataDir.ts'
import { ConversationId, DeviceId, EntryId, SessionId, UserId } from '../../shared/ids.ts'
import type { NamedKind } from '../../shared/conversation/membership.ts'
import type { Database } from '../../storage/database.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'

export type Somebody = { user: UserId; token: string; room: ConversationId }

export async function seedCrowd(dataDir: string, plan: { rooms: number; membersPerRoom: number; history: number; kind?: NamedKind }): Promise<Somebody[]> {
  const database = await openSqlite({ file: prepareDataDir(dataDir) })
  const crowd: Somebody[] = []
  for (let room = 0; room < plan.rooms; room += 1) {
    const id = ConversationId.parse(uuidv7())
    const members = Array.from({ length: plan.membersPerRoom }, () => ({ user: UserId.parse(uuidv7()), token: uuidv7(), room: id }))
    crowd.push(...members)
  }
  await arrive(database, crowd, plan.kind ?? 'group')
  await write(database, crowd, plan.history)
  for (const somebody of crowd) await signIn(database, somebody)
  await database.close()
  return crowd
}

async function arrive(database: Database, crowd: readonly Somebody[], kind: NamedKind): Promise<void> {
  await database.bulk.arrive(
    {
      people: crowd.map(({ user }) => ({ id: user, handles: [user.slice(-32)], name: 'Somebody' })),
      conversations: [...ownersOf(crowd)].map(([id, owner]) => ({ kind, id, name: 'Room', owner })),
      members: crowd.map(({ room, user }) => ({ conversation: room, user, role: 'member' })),
    },
    Date.now(),
  )
}

/** Of each room the last one. */
function ownersOf(crowd: readonly Somebody[]): Map<ConversationId, UserId> {
  return new Map(crowd.map(({ room, user }) => [room, user]))
}

async function write(database: Database, crowd: readonly Somebody[], history: number): Promise<void> {
  const device = DeviceId.parse(uuidv7())
  const now = Date.now()
  for (const [conversation, author] of ownersOf(crowd)) {
    const entries = Array.from({ length: history }, (_, index) => ({ id: EntryId.parse(uuidv7()), at: now, kind: 'message' as const, body: { text: `${index}: shall we meet at four, or is that too late?` } }))
    await database.log.commit([{ conversation, author, device, entries, now, trusted: true }])
  }
}

function signIn(database: Database, { user, token }: Somebody): Promise<void> {
  const now = Date.now()
  return database.sessions.create({
    id: SessionId.parse(uuidv7()),
    tokenHash: secretHash(token),
    user,
    device: DeviceId.parse(uuidv7()),
    label: 'phone',
    createdAt: now,
    lastSeenAt: now,
    expiresAt: now + 86_400_000,
  })
}
