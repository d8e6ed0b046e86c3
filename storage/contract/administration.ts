// Administrators, blocks, registration, invites and the audit log.

import { describe, expect, test } from 'vitest'
import type { UserId } from '../../shared/ids.ts'
import type { NewAccount } from '../database.ts'
import type { Place } from './cast.ts'
import { NOW, edit, id, message, phone, say, setup, setupTeam } from './cast.ts'

const HOUR = 3_600_000

export function administrationContract(makePlace: () => Promise<Place>): void {
  describe('administration', () => {
    theFirst(makePlace)
    administrators(makePlace)
    blocks(makePlace)
    registration(makePlace)
    invites(makePlace)
    looking(makePlace)
    auditing(makePlace)
  })
}

async function empty(makePlace: () => Promise<Place>) {
  const place = await makePlace()
  const database = await place.open()
  return { database, end: () => database.close().then(() => place.remove()) }
}

function newcomer(number: number, handle: string, more: Partial<NewAccount> = {}): NewAccount {
  return { id: id(number), handle, name: handle, passwordHash: 'h', createdAt: NOW, ...more }
}

function theFirst(makePlace: () => Promise<Place>): void {
  test('[S9] the first account with a password is the administrator, and only that one', async () => {
    const { database, end } = await empty(makePlace)
    await database.accounts.create(newcomer(1, 'imported', { passwordHash: null }))
    expect(await database.accounts.signUp(newcomer(2, 'first'), null)).toBe('created')
    expect(await database.accounts.signUp(newcomer(3, 'second'), null)).toBe('created')
    const records = await database.administration.people({ start: '', after: null, limit: 9 })
    expect(records.filter(({ administrator }) => administrator).map(({ handle }) => handle)).toEqual(['first'])
    expect(await database.administration.audit(null, 9)).toMatchObject([{ by: id(2), act: 'first-administrator', on: id(2) }])
    await end()
  })

  test('[S9] whoever claims a placeholder as the first is the administrator as well', async () => {
    const { database, end } = await empty(makePlace)
    await database.accounts.create(newcomer(1, 'imported', { passwordHash: null }))
    await database.accounts.setClaim(id(1), 'hash of code', NOW)
    await database.accounts.claim('hash of code', { handle: 'first', name: 'First', passwordHash: 'h' }, NOW)
    expect(await database.administration.standing(id(1))).toEqual({ administrator: true, blocked: false })
    await end()
  })
}

function administrators(makePlace: () => Promise<Place>): void {
  test('[S9] an administrator makes others, and there is always one', async () => {
    const { database, alice, bob } = await setup(makePlace)
    const set = (by: UserId | null, user: UserId, administrator: boolean) => database.administration.setAdministrator({ by, now: NOW, user, administrator })
    expect(await set(alice, alice, false)).toBe('last-administrator')
    expect(await set(alice, bob, true)).toBe('done')
    expect(await set(bob, alice, false)).toBe('done')
    expect(await set(bob, bob, false)).toBe('last-administrator')
    expect(await database.administration.standing(alice)).toEqual({ administrator: false, blocked: false })
  })

  test('[S9] of two who take it from each other at once, one keeps it', async () => {
    const { database, alice, bob } = await setup(makePlace)
    await database.administration.setAdministrator({ by: alice, now: NOW, user: bob, administrator: true })
    const take = (by: UserId, user: UserId) => database.administration.setAdministrator({ by, now: NOW, user, administrator: false })
    expect((await Promise.all([take(alice, bob), take(bob, alice)])).toSorted()).toEqual(['done', 'not-administrator'])
  })

  test('[S9] everybody else is refused whatever they try, and nothing changes', async () => {
    const { database, alice, bob } = await setup(makePlace)
    const act = { by: bob, now: NOW }
    const refused = 'not-administrator'
    expect(await database.administration.setAdministrator({ ...act, user: bob, administrator: true })).toBe(refused)
    expect(await database.administration.setBlocked({ ...act, user: id(0xee), blocked: true })).toBe(refused)
    expect(await database.administration.endSessions({ ...act, user: alice })).toBe(refused)
    expect(await database.registration.setMode({ ...act, mode: 'closed' })).toBe(refused)
    expect(await database.registration.createInvite({ ...act, id: id(1), codeHash: 'c', note: '', maxUses: 1, expiresAt: NOW + HOUR })).toBe(refused)
    expect(await database.registration.revokeInvite({ ...act, id: id(1) })).toBe(refused)
    expect(await database.registration.mode()).toBe('open')
    expect(await database.administration.audit(null, 9)).toHaveLength(1)
  })

  test('[S9] nobody becomes one who does not exist, has no password or is blocked', async () => {
    const { database, alice, bob } = await setup(makePlace)
    await database.accounts.create(newcomer(1, 'imported', { passwordHash: null }))
    await database.administration.setBlocked({ by: alice, now: NOW, user: bob, blocked: true })
    const make = (user: UserId) => database.administration.setAdministrator({ by: null, now: NOW, user, administrator: true })
    expect([await make(id(0xee)), await make(id(1)), await make(bob)]).toEqual(['unknown', 'placeholder', 'blocked'])
  })
}

function blocks(makePlace: () => Promise<Place>): void {
  test('[S10] a block ends all sessions with it and stays until it is lifted', async () => {
    const { database, alice, bob } = await setup(makePlace)
    const session = (number: number, user: UserId) =>
      database.sessions.create({ id: id(number), tokenHash: `hash ${number}`, user, device: phone, label: 'x', createdAt: NOW, lastSeenAt: NOW, expiresAt: NOW + HOUR })
    for (const [number, user] of [[1, bob], [2, bob], [3, alice]] as const) await session(number, user)
    const block = (user: UserId, blocked: boolean) => database.administration.setBlocked({ by: alice, now: NOW, user, blocked })
    const outcome = await block(bob, true)
    expect(typeof outcome === 'string' ? outcome : outcome.ended.toSorted()).toEqual([id(1), id(2)])
    expect(await database.sessions.ofUser(bob)).toEqual([])
    expect(await database.administration.standing(bob)).toEqual({ administrator: false, blocked: true })
    expect(await block(bob, true)).toEqual({ ended: [] })
    expect(await block(bob, false)).toEqual({ ended: [] })
    expect(await database.administration.standing(bob)).toEqual({ administrator: false, blocked: false })
    expect(await database.sessions.ofUser(alice)).toHaveLength(1)
    expect((await database.administration.audit(null, 9)).map(({ act }) => act)).toEqual(['unblocked', 'blocked', 'first-administrator'])
  })

  test('[S10] an administrator cannot be blocked, nor who does not exist or has no password', async () => {
    const { database, alice } = await setup(makePlace)
    await database.accounts.create(newcomer(1, 'imported', { passwordHash: null }))
    const block = (user: UserId) => database.administration.setBlocked({ by: alice, now: NOW, user, blocked: true })
    expect([await block(alice), await block(id(0xee)), await block(id(1))]).toEqual(['administrator', 'unknown', 'placeholder'])
  })

  test('all sessions of a person end, and only theirs', async () => {
    const { database, alice, bob } = await setup(makePlace)
    for (const [number, user] of [[1, bob], [2, alice]] as const) {
      await database.sessions.create({ id: id(number), tokenHash: `hash ${number}`, user, device: phone, label: 'x', createdAt: NOW, lastSeenAt: NOW, expiresAt: NOW + HOUR })
    }
    expect(await database.administration.endSessions({ by: alice, now: NOW, user: bob })).toEqual({ ended: [id(1)] })
    expect(await database.administration.endSessions({ by: alice, now: NOW, user: id(0xee) })).toBe('unknown')
    expect(await database.sessions.ofUser(alice)).toHaveLength(1)
  })
}

function registration(makePlace: () => Promise<Place>): void {
  test('[S11] registration is open until it is set, and stays as set', async () => {
    const { database, reopen, alice } = await setup(makePlace)
    expect(await database.registration.mode()).toBe('open')
    await database.registration.setMode({ by: alice, now: NOW, mode: 'closed' })
    const again = await reopen()
    expect(await again.registration.mode()).toBe('closed')
    expect(await again.accounts.signUp(newcomer(1, 'zoe'), null)).toBe('closed')
    expect(await again.accounts.signUp(newcomer(1, 'alice'), 'any hash')).toBe('closed')
    expect(await again.accounts.byHandle('zoe')).toBeNull()
  })

  test('[S11] a placeholder can be claimed in every mode', async () => {
    const { database, alice } = await setup(makePlace)
    for (const [number, mode] of [[1, 'open'], [2, 'invite'], [3, 'closed']] as const) {
      await database.registration.setMode({ by: alice, now: NOW, mode })
      await database.accounts.create(newcomer(number, `imported-${number}`, { passwordHash: null }))
      await database.accounts.setClaim(id(number), `hash ${number}`, NOW)
      expect(await database.accounts.claim(`hash ${number}`, { handle: mode, name: mode, passwordHash: 'h' }, NOW)).toBe(id(number))
    }
  })
}

async function inviteOnly(makePlace: () => Promise<Place>, maxUses = 1) {
  const cast = await setup(makePlace)
  const act = { by: cast.alice, now: NOW }
  await cast.database.registration.setMode({ ...act, mode: 'invite' })
  await cast.database.registration.createInvite({ ...act, id: id(1), codeHash: 'hash of code', note: 'for Zoe', maxUses, expiresAt: NOW + HOUR })
  return { ...cast, act, signUp: (number: number, handle: string, hash: string | null, createdAt = NOW) => cast.database.accounts.signUp(newcomer(number, handle, { createdAt }), hash) }
}

function invites(makePlace: () => Promise<Place>): void {
  test('[S11] with an invite as often as it says, without one not at all', async () => {
    const { database, signUp } = await inviteOnly(makePlace, 2)
    expect(await signUp(10, 'zoe', null)).toBe('invite-needed')
    expect(await signUp(10, 'zoe', 'another hash')).toBe('invite-invalid')
    expect(await signUp(10, 'zoe', 'hash of code')).toBe('created')
    expect(await signUp(11, 'yan', 'hash of code')).toBe('created')
    expect(await signUp(12, 'xia', 'hash of code')).toBe('invite-invalid')
    expect(await database.registration.invites(null, 9)).toMatchObject([{ id: id(1), uses: 2, maxUses: 2, note: 'for Zoe', revokedAt: null }])
  })

  test('[S11] of many who use the last one at once, one gets in', async () => {
    const { signUp } = await inviteOnly(makePlace)
    const outcomes = await Promise.all([10, 11, 12].map((number) => signUp(number, `zoe-${number}`, 'hash of code')))
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1)
  })

  test('[S11] a handle in use spends nothing, nor does a sign-up that needs no invite', async () => {
    const { database, act, signUp } = await inviteOnly(makePlace)
    expect(await signUp(10, 'bob', 'hash of code')).toBe('taken')
    await database.registration.setMode({ ...act, mode: 'open' })
    expect(await signUp(11, 'yan', 'hash of code')).toBe('created')
    expect(await database.registration.invites(null, 9)).toMatchObject([{ uses: 0 }])
  })

  test('[S11] an expired or revoked invite lets nobody in', async () => {
    const { database, act, signUp, bob } = await inviteOnly(makePlace)
    expect(await signUp(10, 'zoe', 'hash of code', NOW + HOUR)).toBe('invite-invalid')
    expect(await database.registration.admission('hash of code', NOW)).toBe('admitted')
    expect(await database.registration.revokeInvite({ ...act, by: bob, id: id(1) })).toBe('not-administrator')
    expect(await database.registration.revokeInvite({ ...act, id: id(1) })).toBe('done')
    expect(await database.registration.revokeInvite({ ...act, id: id(2) })).toBe('unknown')
    expect(await signUp(10, 'zoe', 'hash of code')).toBe('invite-invalid')
    expect(await database.registration.invites(null, 9)).toMatchObject([{ revokedAt: NOW }])
  })

  test('invites come newest first, a page at a time', async () => {
    const { database, alice } = await setup(makePlace)
    for (const number of [1, 2, 3]) {
      await database.registration.createInvite({ by: number === 2 ? null : alice, now: NOW, id: id(number), codeHash: `c${number}`, note: '', maxUses: 1, expiresAt: NOW + HOUR })
    }
    expect((await database.registration.invites(null, 2)).map((invite) => [invite.id, invite.createdBy])).toEqual([[id(3), alice], [id(2), null]])
    expect((await database.registration.invites(id(2), 2)).map((invite) => invite.id)).toEqual([id(1)])
  })
}

function looking(makePlace: () => Promise<Place>): void {
  test('people come in order of handle, a page at a time, and are found as in any search', async () => {
    const { database } = await setup(makePlace)
    await database.accounts.create(newcomer(1, 'bo', { name: 'José Bo', passwordHash: null }))
    const handles = async (start: string, after: string | null, limit: number) => (await database.administration.people({ start, after, limit })).map(({ handle }) => handle)
    expect(await handles('', null, 3)).toEqual(['alice', 'bo', 'bob'])
    expect(await handles('', 'bob', 9)).toEqual(['carol', 'dave', 'eve'])
    expect(await handles('BO', null, 9)).toEqual(['bo', 'bob'])
    expect(await handles('BO', 'bo', 9)).toEqual(['bob'])
    expect(await handles('jose', null, 9)).toEqual(['bo'])
    expect(await handles('%', null, 9)).toEqual([])
  })

  test('the figures count everything', async () => {
    const { database, alice } = await setupTeam(makePlace)
    await database.accounts.create(newcomer(1, 'imported', { passwordHash: null }))
    await say(database, alice, [message(1), edit(2, 1, 'again')])
    const { databaseBytes, ...counts } = await database.administration.figures()
    expect(counts).toEqual({ accounts: 5, placeholders: 1, sessions: 0, conversations: 1, entries: 2 })
    expect(databaseBytes).toBeGreaterThan(0)
  })
}

function auditing(makePlace: () => Promise<Place>): void {
  test('[S12] every act is written down with who, what, on whom and when, newest first', async () => {
    const { database, alice, bob } = await setup(makePlace)
    await database.accounts.create(newcomer(1, 'imported', { passwordHash: null }))
    await database.accounts.setClaim(id(1), 'hash of code', NOW)
    await database.administration.setAdministrator({ by: null, now: NOW + 1, user: bob, administrator: true })
    await database.registration.setMode({ by: bob, now: NOW + 2, mode: 'invite' })
    await database.registration.createInvite({ by: bob, now: NOW + 3, id: id(7), codeHash: 'c', note: '', maxUses: 1, expiresAt: NOW + HOUR })
    await database.registration.revokeInvite({ by: alice, now: NOW + 4, id: id(7) })
    const records = await database.administration.audit(null, 9)
    expect(records.map(({ at, by, act, on, detail }) => [at - NOW, by, act, on, detail])).toEqual([
      [4, alice, 'invite-revoked', null, id(7)],
      [3, bob, 'invite-made', null, id(7)],
      [2, bob, 'registration-set', null, 'invite'],
      [1, null, 'administrator-made', bob, ''],
      [0, null, 'claim-offered', id(1), ''],
      [0, alice, 'first-administrator', alice, ''],
    ])
    expect(await database.administration.audit(records[3]?.number ?? 0, 1)).toEqual([records[4]])
  })

  test('[S4] [S12] a replaced password ends every session of that person, and only theirs; a placeholder has none to replace', async () => {
    const { database, alice, bob } = await setup(makePlace)
    await database.accounts.create(newcomer(1, 'imported', { passwordHash: null }))
    const replace = (by: UserId | null, user: UserId) => database.administration.replacePassword({ by, now: NOW, user, passwordHash: 'new hash' })
    expect(await replace(bob, alice)).toBe('not-administrator')
    expect(await replace(null, id(99))).toBe('unknown')
    expect(await replace(null, id(1))).toBe('placeholder')
    for (const [number, user] of [[5, alice], [6, bob]] as const) {
      await database.sessions.create({ id: id(number), tokenHash: `hash ${number}`, user, device: phone, label: 'x', createdAt: NOW, lastSeenAt: NOW, expiresAt: NOW + HOUR })
    }
    expect(await replace(null, bob)).toEqual({ ended: [id(6)] })
    expect(await database.sessions.ofUser(alice)).toHaveLength(1)
    expect((await database.accounts.passwordHash('bob'))?.hash).toBe('new hash')
    expect((await database.administration.audit(null, 1))[0]).toMatchObject({ by: null, act: 'password-replaced', on: bob })
  })

  test('[S12] what changes nothing leaves no trace', async () => {
    const { database, alice, bob } = await setup(makePlace)
    await database.administration.setAdministrator({ by: alice, now: NOW, user: bob, administrator: false })
    await database.administration.setBlocked({ by: alice, now: NOW, user: bob, blocked: false })
    await database.administration.endSessions({ by: alice, now: NOW, user: bob })
    await database.registration.setMode({ by: alice, now: NOW, mode: 'open' })
    expect(await database.administration.audit(null, 9)).toHaveLength(1)
  })
}
