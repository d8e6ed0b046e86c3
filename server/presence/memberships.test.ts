import { expect, test } from 'vitest'
import { add, leave } from '../../storage/contract/changes.ts'
import { stage } from '../gateway/stage.ts'

const NAMES = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi', 'ivan', 'judy'] as const

test('[M6] many who come within a moment are told to the others as they are last, and to themselves at once', async () => {
  const { people, group, connect, sync, database } = await stage(...NAMES)
  const { alice: owner, bob: viewer, ...coming } = people
  const lunch = await group(owner, viewer)
  const [alice, bob] = [await connect(owner), await connect(viewer)]
  await bob.open(lunch)
  const arrivals = Object.values(coming)
  const devices = await Promise.all(arrivals.map((person) => connect(person)))
  for (const { user } of arrivals) await sync.membershipChanged({ conversation: lunch, added: await add(database, lunch, [user]), removed: [] })
  for (const device of devices) await device.next('inbox', ({ rows }) => rows[0]?.conversation === lunch)
  await alice.next('inbox', ({ rows }) => rows[0]?.members === NAMES.length)
  const { conversation } = await bob.next('conversation', ({ conversation: { memberCount } }) => memberCount === NAMES.length)
  expect(conversation.members).toHaveLength(NAMES.length)
  expect(conversation.role).toBe('member')
})

test('[L8] whoever is removed while others are still to be told hears of the removal last', async () => {
  const { people, group, connect, sync, database } = await stage('alice', 'bob', 'carol')
  const lunch = await group(people.alice, people.bob)
  const [alice, bob] = [await connect(people.alice), await connect(people.bob)]
  await bob.open(lunch)
  await sync.membershipChanged({ conversation: lunch, added: await add(database, lunch, [people.carol.user]), removed: [] })
  await leave(database, lunch, people.bob.user)
  await sync.membershipChanged({ conversation: lunch, added: [], removed: [people.bob.user] })
  // The second change waits for its turn; when Alice knows of it, everybody was told.
  await alice.next('inbox', ({ rows }) => rows[0]?.members === 2 && rows[0].role === 'owner')
  await bob.roundTrip()
  expect(bob.told.map(({ type }) => type).filter((type) => type === 'inbox' || type === 'conversation' || type === 'removed').at(-1)).toBe('removed')
})
