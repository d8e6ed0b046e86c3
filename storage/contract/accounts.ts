// Accounts, placeholders and how they are found.

import { describe, expect, test } from 'vitest'
import type { Database } from '../database.ts'
import type { Place } from './cast.ts'
import { NOW, id, setup } from './cast.ts'

export function accountContract(makePlace: () => Promise<Place>): void {
  describe('accounts', () => {
    handles(makePlace)
    search(makePlace)
    claims(makePlace)
  })
}

function handles(makePlace: () => Promise<Place>): void {
  test('a handle belongs to one account, also when two ask for it at once', async () => {
    const { database } = await setup(makePlace)
    const create = (number: number) => database.accounts.create({ id: id(number), handle: 'zoe', name: 'Zoe', passwordHash: 'h', createdAt: NOW })
    expect((await Promise.all([create(1), create(2)])).toSorted()).toEqual(['created', 'taken'])
  })

  test('an account is found by id and by handle', async () => {
    const { database, alice } = await setup(makePlace)
    const account = { id: alice, handle: 'alice', name: 'alice', placeholder: false, createdAt: NOW, lastSeenAt: null }
    expect(await database.accounts.byId(alice)).toEqual(account)
    expect(await database.accounts.byHandle('alice')).toEqual(account)
    expect(await database.accounts.byId(id(0xee))).toBeNull()
    expect(await database.accounts.byHandle('Alice')).toBeNull()
  })

  test('people are given in the order asked, unknown ones left out', async () => {
    const { database, alice, bob } = await setup(makePlace)
    expect((await database.accounts.byIds([bob, id(0xee), alice])).map((person) => person.handle)).toEqual(['bob', 'alice'])
    expect(await database.accounts.byIds([])).toEqual([])
  })

  test('a password can be changed, and a placeholder has none', async () => {
    const { database, alice } = await setup(makePlace)
    await placeholder(database, 1, 'old-nick', 'Old Nick')
    expect(await database.accounts.passwordHash('old-nick')).toBeNull()
    expect(await database.accounts.passwordHash('nobody')).toBeNull()
    await database.accounts.setPasswordHash(alice, 'another hash')
    expect(await database.accounts.passwordHash('alice')).toEqual({ id: alice, hash: 'another hash' })
  })

  test('last seen never goes back', async () => {
    const { database, alice, bob } = await setup(makePlace)
    await database.accounts.setLastSeen([{ user: alice, at: NOW + 5 }, { user: bob, at: NOW }, { user: alice, at: NOW + 3 }])
    expect(await database.accounts.byId(alice)).toMatchObject({ lastSeenAt: NOW + 5 })
    expect(await database.accounts.byId(bob)).toMatchObject({ lastSeenAt: NOW })
  })
}

function search(makePlace: () => Promise<Place>): void {
  test('the start of a handle or of any word of a name finds a person, whatever the case and accents', async () => {
    const { database } = await setup(makePlace)
    await realAccount(database, 1, 'jg', 'José María Ångström')
    await realAccount(database, 2, 'strasse', 'Οδυσσεύς Straße')
    const find = async (start: string) => (await database.accounts.search(start, 10)).map((found) => found.handle)
    for (const start of ['jose', 'JOSÉ', 'mari', 'angs', 'María Ång', 'jg', ' jose ']) expect(await find(start)).toEqual(['jg'])
    for (const start of ['STRASS', 'straße', 'οδυσσευσ', 'ΟΔΥΣΣΕΎΣ']) expect(await find(start)).toEqual(['strasse'])
    for (const start of ['ose', 'gström', 'josé ångström', '%', '_', '', ' ']) expect(await find(start)).toEqual([])
  })

  test('nobody is found twice, placeholders come last, and no more than asked for', async () => {
    const { database } = await setup(makePlace)
    await placeholder(database, 1, 'sam-0', 'Sam Sam')
    await realAccount(database, 2, 'sam-2', 'Sam Samson')
    await realAccount(database, 3, 'sam-1', 'Samir Sam')
    const handlesFound = async (limit: number) => (await database.accounts.search('sam', limit)).map((found) => found.handle)
    const all = await handlesFound(10)
    expect(all.toSorted()).toEqual(['sam-0', 'sam-1', 'sam-2'])
    expect(all.at(-1)).toBe('sam-0')
    expect(await handlesFound(2)).toEqual(all.slice(0, 2))
    expect(await handlesFound(0)).toEqual([])
  })
}

function claims(makePlace: () => Promise<Place>): void {
  const bobAgain = { handle: 'bobby', name: 'Bobby Tables', passwordHash: 'new' }

  test('a placeholder can be claimed once; its id, and so its history, becomes the account', async () => {
    const { database } = await setup(makePlace)
    await placeholder(database, 1, 'bob-on-irc', 'bob_')
    await database.accounts.setClaim(id(1), 'hash of code', NOW)
    expect(await database.accounts.claim('hash of another code', bobAgain, NOW)).toBe('unknown')
    expect(await database.accounts.claim('hash of code', bobAgain, NOW)).toBe(id(1))
    expect(await database.accounts.claim('hash of code', { ...bobAgain, handle: 'again' }, NOW)).toBe('unknown')
    expect(await database.accounts.byId(id(1))).toMatchObject({ handle: 'bobby', name: 'Bobby Tables', placeholder: false })
    expect(await database.accounts.passwordHash('bobby')).toEqual({ id: id(1), hash: 'new' })
    expect((await database.accounts.search('tab', 5)).map((found) => found.id)).toEqual([id(1)])
    expect(await database.accounts.search('bob-on', 5)).toEqual([])
  })

  test('a handle in use does not spend the claim', async () => {
    const { database } = await setup(makePlace)
    await placeholder(database, 1, 'bob-on-irc', 'bob_')
    await database.accounts.setClaim(id(1), 'hash of code', NOW)
    expect(await database.accounts.claim('hash of code', { ...bobAgain, handle: 'alice' }, NOW)).toBe('taken')
    expect(await database.accounts.claim('hash of code', { ...bobAgain, handle: 'bob-on-irc' }, NOW)).toBe(id(1))
  })

  test('a real account cannot be claimed', async () => {
    const { database, alice } = await setup(makePlace)
    await expect(database.accounts.setClaim(alice, 'hash of code', NOW)).rejects.toThrow('placeholder')
    expect(await database.accounts.claim('hash of code', bobAgain, NOW)).toBe('unknown')
  })
}

function realAccount(database: Database, number: number, handle: string, name: string) {
  return database.accounts.create({ id: id(number), handle, name, passwordHash: 'h', createdAt: NOW })
}

function placeholder(database: Database, number: number, handle: string, name: string) {
  return database.accounts.create({ id: id(number), handle, name, passwordHash: null, createdAt: NOW })
}
