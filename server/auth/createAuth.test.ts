import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseOptions } from '@node-rs/argon2'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { SessionId } from '../../shared/ids.ts'
import { DeviceId, UserId } from '../../shared/ids.ts'
import { openSqlite } from '../../storage/sqlite/open.ts'
import { tempDir } from '../testing/tempDir.ts'
import { offerClaim } from './claim.ts'
import { createAuth } from './createAuth.ts'
import { LAST_SEEN_RESOLUTION_MS } from './lastSeen.ts'
import { argon2Passwords, NOBODYS_HASH } from './passwords.ts'
import { secretHash } from './secretHash.ts'
import { createThrottle, SIGN_IN_TRIES } from './throttle.ts'

const DAY_MS = 86_400_000
const PASSWORD = 'a walk in the rain at four'
const HOME = '192.0.2.1'

async function setup(options: { signUpsPerHour?: number } = {}) {
  const file = join(tempDir(), 'parley.db')
  const database = await openSqlite({ file })
  onTestFinished(() => database.close())
  const verified: (string | null)[] = []
  const time = { now: Date.now() }
  const auth = createAuth({
    database,
    passwords: {
      hash: argon2Passwords.hash,
      verify(passwordHash, password) {
        verified.push(passwordHash)
        return argon2Passwords.verify(passwordHash, password)
      },
    },
    throttle: createThrottle({ signUpsPerHour: options.signUpsPerHour ?? 100 }),
    clock: () => time.now,
    newId: uuidv7,
    sessionDays: 30,
    secureCookie: false,
  })
  const ended: SessionId[] = []
  auth.onEnded((ids) => ended.push(...ids))
  return { auth, database, file, verified, ended, time }
}

function device(label = 'laptop') {
  return { id: DeviceId.parse(uuidv7()), label }
}

function alice(overrides: { password?: string; claim?: string; handle?: string; name?: string } = {}) {
  return { handle: 'alice', name: 'Alice', password: PASSWORD, device: device(), credentials: 'bearer' as const, ...overrides }
}

function signInAs(handle: string, password: string, on = device('phone')) {
  return { handle, password, device: on, credentials: 'bearer' as const }
}

const refused = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) })

describe('accounts', () => {
  test('whoever signs up is signed in, and can sign in again', async () => {
    const { auth } = await setup()
    const { account, token, session } = await auth.signUp(alice(), HOME)
    expect(account).toMatchObject({ handle: 'alice', name: 'Alice', placeholder: false })
    expect(await auth.validate(token)).toMatchObject({ id: session.id, user: account.id, device: session.device })

    const again = await auth.signIn(signInAs(' Alice ', PASSWORD), HOME)
    expect(again.account).toEqual(account)
    expect(again.token).not.toBe(token)
  })

  test('a handle is given once', async () => {
    const { auth } = await setup()
    await auth.signUp(alice(), HOME)
    await expect(auth.signUp(alice({ name: 'Other' }), HOME)).rejects.toEqual(refused('taken'))
  })

  test.each(['password123', 'Alice123', 'alice', 'iloveyou', 'QWERTYUIOP'])('%s is no password for alice', async (password) => {
    const { auth } = await setup()
    await expect(auth.signUp(alice({ password }), HOME)).rejects.toEqual(refused('malformed'))
  })

  test('a password typed with composed and with combining characters is the same', async () => {
    const { auth } = await setup()
    await auth.signUp(alice({ password: 'un café après la pluie' }), HOME)
    await expect(auth.signIn(signInAs('alice', 'un café après la pluie'), HOME)).resolves.toBeDefined()
  })

  test('one address gets so many accounts an hour', async () => {
    const { auth } = await setup({ signUpsPerHour: 1 })
    await auth.signUp(alice(), HOME)
    await expect(auth.signUp(alice({ handle: 'bob' }), HOME)).rejects.toEqual(refused('rate-limited'))
    await expect(auth.signUp(alice({ handle: 'bob' }), '198.51.100.7')).resolves.toBeDefined()
  })
})

describe('nobody learns which handles exist', () => {
  test('[S2] unknown handle, placeholder and wrong password get the same answer after the same work', async () => {
    const { auth, database, verified } = await setup()
    await auth.signUp(alice(), HOME)
    await database.accounts.create({ id: UserId.parse(uuidv7()), handle: 'ghost', name: 'Ghost', passwordHash: null, createdAt: 0 })

    const answers = await Promise.all(['alice', 'ghost', 'nobody'].map((handle) => auth.signIn(signInAs(handle, 'not the password'), HOME).catch((error: unknown) => error)))
    expect(answers[0]).toEqual(refused('credentials'))
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])

    // One argon2 run each: alice's own hash and, twice, the one that stands in for a missing one.
    expect(verified).toHaveLength(3)
    expect(verified.filter((passwordHash) => passwordHash === null)).toHaveLength(2)
  })

  test('[S2] the stand-in costs what a real hash costs, which is what OWASP recommends', async () => {
    const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32, saltLen: 16 }
    expect(parseOptions(await argon2Passwords.hash(PASSWORD))).toMatchObject(cost)
    expect(parseOptions(NOBODYS_HASH)).toMatchObject(cost)
  })

})

describe('throttling', () => {
  const tries = SIGN_IN_TRIES.accountAndAddress.points

  test('[S2] after ten wrong passwords even the right one is refused from there, with a time to wait', async () => {
    const { auth } = await setup()
    await auth.signUp(alice(), HOME)
    for (let n = 0; n < tries; n++) await expect(auth.signIn(signInAs('alice', 'wrong'), HOME)).rejects.toEqual(refused('credentials'))
    await expect(auth.signIn(signInAs('alice', PASSWORD), HOME)).rejects.toMatchObject({ refusal: { code: 'rate-limited', retry: true, retryAfter: expect.any(Number) } })
    await expect(auth.signIn(signInAs('alice', PASSWORD), '198.51.100.7')).resolves.toBeDefined()
  })

  test('[S2] tries at once count before the first is answered', async () => {
    const { auth, verified } = await setup()
    await auth.signUp(alice(), HOME)
    await Promise.allSettled(Array.from({ length: tries * 3 }, () => auth.signIn(signInAs('alice', 'wrong'), HOME)))
    expect(verified).toHaveLength(tries)
  })

  test('[S2] a handle that nobody has is throttled like any other', async () => {
    const { auth, verified } = await setup()
    const outcomes = await Promise.allSettled(Array.from({ length: tries + 1 }, () => auth.signIn(signInAs('nobody', 'wrong'), HOME)))
    expect(verified).toHaveLength(tries)
    expect(outcomes.at(-1)).toMatchObject({ reason: { refusal: { code: 'rate-limited' } } })
  })

  test('[S2] one machine cannot try one password on many accounts', async () => {
    const { auth, verified } = await setup()
    const { points } = SIGN_IN_TRIES.address
    await Promise.allSettled(Array.from({ length: points + 5 }, (_, n) => auth.signIn(signInAs(`person${n}`, 'wrong'), HOME)))
    expect(verified).toHaveLength(points)
  })

  test('right passwords are not counted', async () => {
    const { auth } = await setup()
    await auth.signUp(alice(), HOME)
    for (let n = 0; n < tries + 2; n++) await expect(auth.signIn(signInAs('alice', PASSWORD), HOME)).resolves.toBeDefined()
  })

  test('guessing the current password in order to change it counts the same', async () => {
    const { auth } = await setup()
    const { token } = await auth.signUp(alice(), HOME)
    const session = await auth.validate(token)
    if (session === null) throw new Error('alice is signed in')
    const change = (current: string) => auth.changePassword(session, { current, next: 'another walk in the rain' }, HOME)
    for (let n = 0; n < tries; n++) await expect(change('wrong')).rejects.toEqual(refused('credentials'))
    await expect(change(PASSWORD)).rejects.toEqual(refused('rate-limited'))
  })
})

describe('sessions', () => {
  test('[S1] the database holds no token, only its hash', async () => {
    const { auth, database, file } = await setup()
    const { token } = await auth.signUp(alice(), HOME)
    expect(await database.sessions.byTokenHash(secretHash(token))).not.toBeNull()
    const bytes = [file, `${file}-wal`].map((path) => readFileSync(path).toString('latin1')).join('')
    expect(bytes).not.toContain(token)
    expect(bytes).not.toContain(PASSWORD)
  })

  test.each(['', 'x', 'a'.repeat(100_000), '\u0000', "' OR 1=1 --", '../../etc/passwd'])('the token %j opens nothing', async (token) => {
    const { auth } = await setup()
    await auth.signUp(alice(), HOME)
    expect(await auth.validate(token)).toBeNull()
  })

  test('[S1] the hash of a token is no token', async () => {
    const { auth } = await setup()
    const { token } = await auth.signUp(alice(), HOME)
    expect(await auth.validate(secretHash(token))).toBeNull()
  })

  test('a session in the second half of its life gets a whole new one, a fresher session does not', async () => {
    const { auth, database } = await setup()
    const { token, session } = await auth.signUp(alice(), HOME)
    expect(await auth.authenticate(token)).toEqual({ session: expect.objectContaining({ expiresAt: session.expiresAt }), cookie: null })

    await database.sessions.extend(secretHash(token), Date.now() + 14 * DAY_MS)
    const slid = await auth.authenticate(token)
    expect(slid?.session.expiresAt).toBeGreaterThan(Date.now() + 29 * DAY_MS)
    expect(slid?.cookie).toContain(token)
    expect((await database.sessions.byTokenHash(secretHash(token)))?.expiresAt).toBe(slid?.session.expiresAt)
  })

  test('[S4] an expired session opens nothing, is announced and is gone', async () => {
    const { auth, database, ended } = await setup()
    const { token, session } = await auth.signUp(alice(), HOME)
    await database.sessions.extend(secretHash(token), Date.now() - 1)
    expect(await auth.validate(token)).toBeNull()
    expect(ended).toEqual([session.id])
    expect(await database.sessions.byTokenHash(secretHash(token))).toBeNull()
  })

  test('[S4] sweeping ends what nobody uses any more, and announces it', async () => {
    const { auth, ended, time } = await setup()
    const { session } = await auth.signUp(alice(), HOME)
    await auth.sweep()
    expect(ended).toEqual([])
    time.now += 31 * DAY_MS
    await auth.sweep()
    expect(ended).toEqual([session.id])
  })

  test('signing in again on one device replaces its session; another device has its own', async () => {
    const { auth, ended } = await setup()
    const phone = device('phone')
    await auth.signUp(alice(), HOME)
    const first = await auth.signIn(signInAs('alice', PASSWORD, phone), HOME)
    const second = await auth.signIn(signInAs('alice', PASSWORD, phone), HOME)
    expect(ended).toEqual([first.session.id])
    expect(await auth.validate(first.token)).toBeNull()
    const session = await auth.validate(second.token)
    if (session === null) throw new Error('the second session is there')
    const listed = await auth.sessions(session)
    expect(listed.map(({ label, current }) => ({ label, current }))).toEqual(
      expect.arrayContaining([
        { label: 'laptop', current: false },
        { label: 'phone', current: true },
      ]),
    )
    expect(listed).toHaveLength(2)
  })

  test('bob cannot end a session of alice', async () => {
    const { auth, ended } = await setup()
    const hers = await auth.signUp(alice(), HOME)
    const bobs = await auth.signUp(alice({ handle: 'bob' }), HOME)
    const bob = await auth.validate(bobs.token)
    if (bob === null) throw new Error('bob is signed in')
    expect(await auth.end(bob, hers.session.id)).toBe(false)
    expect(ended).toEqual([])
    expect(await auth.validate(hers.token)).not.toBeNull()
  })

  test('[S4] a new password ends every other session, and only those', async () => {
    const { auth, ended } = await setup()
    const laptop = await auth.signUp(alice(), HOME)
    const phone = await auth.signIn(signInAs('alice', PASSWORD), HOME)
    const session = await auth.validate(laptop.token)
    if (session === null) throw new Error('alice is signed in')
    await auth.changePassword(session, { current: PASSWORD, next: 'another walk in the rain' }, HOME)
    expect(ended).toEqual([phone.session.id])
    expect(await auth.validate(laptop.token)).not.toBeNull()
    await expect(auth.signIn(signInAs('alice', PASSWORD), HOME)).rejects.toEqual(refused('credentials'))
    await expect(auth.signIn(signInAs('alice', 'another walk in the rain'), HOME)).resolves.toBeDefined()
  })

  test('when a device was last seen is written once a minute, many at a time', async () => {
    const { auth, database, time } = await setup()
    const { token, session } = await auth.signUp(alice(), HOME)
    const seen = async () => (await database.sessions.byTokenHash(secretHash(token)))?.lastSeenAt
    time.now += LAST_SEEN_RESOLUTION_MS - 1
    await auth.validate(token)
    await auth.sweep()
    expect(await seen()).toBe(session.lastSeenAt)
    time.now += 1
    await auth.validate(token)
    await auth.sweep()
    expect(await seen()).toBe(time.now)
  })
})

async function withPlaceholder() {
  const context = await setup()
  const id = UserId.parse(uuidv7())
  await context.database.accounts.create({ id, handle: 'old.alice', name: 'alice (chat)', passwordHash: null, createdAt: 0 })
  return { ...context, id }
}

describe('claims', () => {
  test('a code turns a placeholder into the account of whoever signs up with it, once', async () => {
    const { auth, database, id } = await withPlaceholder()
    const offer = await offerClaim(database.accounts, 'old.alice', Date.now())
    if (offer.type !== 'offered') throw new Error(offer.type)
    const { account } = await auth.signUp(alice({ claim: offer.code }), HOME)
    expect(account).toEqual({ id, handle: 'alice', name: 'Alice', placeholder: false })
    expect(await database.accounts.byId(id)).toMatchObject(account)
    await expect(auth.signUp(alice({ handle: 'eve', claim: offer.code }), HOME)).rejects.toEqual(refused('not-found'))
    await expect(offerClaim(database.accounts, 'alice', Date.now())).resolves.toEqual({ type: 'not-a-placeholder' })
  })

  test('a newer code replaces the one before', async () => {
    const { auth, database } = await withPlaceholder()
    const [first, second] = [await offerClaim(database.accounts, 'old.alice', Date.now()), await offerClaim(database.accounts, 'old.alice', Date.now())]
    if (first.type !== 'offered' || second.type !== 'offered') throw new Error('a placeholder')
    await expect(auth.signUp(alice({ claim: first.code }), HOME)).rejects.toEqual(refused('not-found'))
    await expect(auth.signUp(alice({ claim: second.code }), HOME)).resolves.toBeDefined()
  })

  test('a claim cannot take a handle that somebody else has, and stays good', async () => {
    const { auth, database } = await withPlaceholder()
    await auth.signUp(alice({ handle: 'bob' }), HOME)
    const offer = await offerClaim(database.accounts, 'old.alice', Date.now())
    if (offer.type !== 'offered') throw new Error(offer.type)
    await expect(auth.signUp(alice({ handle: 'bob', claim: offer.code }), HOME)).rejects.toEqual(refused('taken'))
    await expect(auth.signUp(alice({ claim: offer.code }), HOME)).resolves.toBeDefined()
  })

  test('there is no code for an account that does not exist', async () => {
    const { database } = await setup()
    expect(await offerClaim(database.accounts, 'nobody', Date.now())).toEqual({ type: 'unknown' })
  })
})
