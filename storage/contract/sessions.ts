// Sessions live until they are ended or expire.

import { describe, expect, test } from 'vitest'
import type { UserId } from '../../shared/ids.ts'
import type { StoredSession } from '../database.ts'
import type { Place } from './cast.ts'
import { NOW, id, laptop, phone, setup } from './cast.ts'

const HOUR = 3_600_000

export function sessionContract(makePlace: () => Promise<Place>): void {
  describe('sessions', () => {
    lifetime(makePlace)
    ending(makePlace)
  })
}

function lifetime(makePlace: () => Promise<Place>): void {
  test('a session is found by the hash of its token, and by its user in order of creation', async () => {
    const { database, alice, bob } = await setup(makePlace)
    const [first, second, other] = [session(1, alice, phone), session(2, alice, laptop), session(3, bob, phone)]
    for (const one of [second, first, other]) await database.sessions.create(one)
    expect(await database.sessions.byTokenHash('hash 1')).toEqual(first)
    expect(await database.sessions.byTokenHash('hash 9')).toBeNull()
    expect(await database.sessions.ofUser(alice)).toEqual([first, second])
  })

  test('a session needs an account and a token of its own', async () => {
    const { database, alice } = await setup(makePlace)
    await database.sessions.create(session(1, alice, phone))
    await expect(database.sessions.create({ ...session(2, alice, phone), tokenHash: 'hash 1' })).rejects.toThrow(Error)
    await expect(database.sessions.create(session(3, id(0xee), phone))).rejects.toThrow('account')
    expect(await database.sessions.ofUser(alice)).toHaveLength(1)
  })

  test('expiry slides; last seen never goes back', async () => {
    const { database, alice } = await setup(makePlace)
    await database.sessions.create(session(1, alice, phone))
    await database.sessions.extend('hash 1', NOW + 9 * HOUR)
    await database.sessions.touch([{ id: id(1), at: NOW + 20 }, { id: id(1), at: NOW + 10 }, { id: id(9), at: NOW }])
    expect(await database.sessions.byTokenHash('hash 1')).toMatchObject({ expiresAt: NOW + 9 * HOUR, lastSeenAt: NOW + 20 })
  })

  test('expired sessions are deleted and named', async () => {
    const { database, alice, bob } = await setup(makePlace)
    await database.sessions.create(session(1, alice, phone))
    await database.sessions.create({ ...session(2, bob, phone), expiresAt: NOW + 2 * HOUR })
    expect(await database.sessions.deleteExpired(NOW + HOUR - 1)).toEqual([])
    expect(await database.sessions.deleteExpired(NOW + HOUR)).toEqual([id(1)])
    expect(await database.sessions.byTokenHash('hash 1')).toBeNull()
  })
}

function ending(makePlace: () => Promise<Place>): void {
  test('a person ends their own sessions only', async () => {
    const { database, alice, bob } = await setup(makePlace)
    await database.sessions.create(session(1, alice, phone))
    expect(await database.sessions.delete(bob, id(1))).toBe(false)
    expect(await database.sessions.delete(alice, id(1))).toBe(true)
    expect(await database.sessions.delete(alice, id(1))).toBe(false)
  })

  test('all sessions of a person can end, or all but one', async () => {
    const { database, alice, bob } = await setup(makePlace)
    for (const number of [1, 2, 3]) await database.sessions.create(session(number, alice, phone))
    await database.sessions.create(session(4, bob, phone))
    expect((await database.sessions.deleteAllOf(alice, id(2))).toSorted()).toEqual([id(1), id(3)])
    expect(await database.sessions.deleteAllOf(alice)).toEqual([id(2)])
    expect(await database.sessions.ofUser(bob)).toHaveLength(1)
  })
}

function session(number: number, user: UserId, device: StoredSession['device']): StoredSession {
  return { id: id(number), tokenHash: `hash ${number}`, user, device, label: 'Firefox on Linux', createdAt: NOW + number, lastSeenAt: NOW, expiresAt: NOW + HOUR }
}
