// The acceptance suite of the database port. An implementation passes all of it or is none.

import { describe, expect, test } from 'vitest'
import { accountContract } from './accounts.ts'
import { administrationContract } from './administration.ts'
import { banContract } from './bans.ts'
import { bulkContract } from './bulk.ts'
import type { Place } from './cast.ts'
import { NOW, id, laptop, message, phone, say, seq, setup, setupTeam, team, wholeLog } from './cast.ts'
import { channelContract } from './channels.ts'
import { conversationContract } from './conversations.ts'
import { inboxContract } from './inbox.ts'
import { erasingContract } from './erasing.ts'
import { joinLinkContract } from './joinLinks.ts'
import { logContract } from './log.ts'
import { logModelContract } from './logModel.ts'
import { peopleContract } from './people.ts'
import { personalContract } from './personal.ts'
import { pictureContract } from './pictures.ts'
import { receiptContract } from './receipts.ts'
import { reportContract } from './reports.ts'
import { sessionContract } from './sessions.ts'
import { threadContract } from './threads.ts'

/** `makePlace` gives a new, empty database each time. */
export function databaseContract(name: string, makePlace: () => Promise<Place>): void {
  describe(`${name} keeps the contract of the database`, () => {
    logContract(makePlace)
    erasingContract(makePlace)
    threadContract(makePlace)
    logModelContract(makePlace)
    accountContract(makePlace)
    sessionContract(makePlace)
    conversationContract(makePlace)
    channelContract(makePlace)
    joinLinkContract(makePlace)
    banContract(makePlace)
    inboxContract(makePlace)
    receiptContract(makePlace)
    personalContract(makePlace)
    bulkContract(makePlace)
    administrationContract(makePlace)
    peopleContract(makePlace)
    pictureContract(makePlace)
    reportContract(makePlace)
    wholeness(makePlace)
  })
}

function wholeness(makePlace: () => Promise<Place>): void {
  test('everything is there after closing and opening again', async () => {
    const { database, reopen, alice, bob } = await setupTeam(makePlace)
    await say(database, alice, [message(1), message(2, 'yes', { replyTo: id(1) })])
    await database.receipts.join([{ conversation: team, user: bob, receipt: { delivered: seq(2), read: seq(1) } }], NOW)
    await database.conversations.direct([alice, bob], id(0xc1), NOW)
    const look = async (from: typeof database) => ({
      log: await wholeLog(from),
      inbox: await from.conversations.inbox(bob, { since: null, before: null, limit: 10 }),
      receipts: await from.receipts.snapshot(team),
      members: await from.conversations.members(team, null, 10),
      people: await from.accounts.search('a', 10),
    })
    const before = await look(database)
    expect(await look(await reopen())).toEqual(before)
  })

  test('touched goes on growing after opening again, though the clock has gone back', async () => {
    const { database, reopen, alice } = await setupTeam(makePlace)
    await say(database, alice, [message(1)], { now: NOW + 60_000 })
    const before = await database.conversations.inboxRow(alice, team)
    const again = await reopen()
    await say(again, alice, [message(2)], { now: NOW })
    expect((await again.conversations.inboxRow(alice, team))?.touched).toBeGreaterThan(before?.touched ?? Infinity)
  })

  test('a transaction that fails in the middle leaves nothing of itself', async () => {
    const { database, alice } = await setupTeam(makePlace)
    // Against its type: stands for a bug further up.
    const broken = { ...message(3), body: { text: 'x', replyTo: null } } as never
    const requests = [
      { conversation: team, author: alice, device: laptop, now: NOW, entries: [message(1)] },
      { conversation: team, author: alice, device: laptop, now: NOW, entries: [message(2), broken] },
    ]
    await expect(database.log.commit(requests)).rejects.toThrow(Error)
    expect(await wholeLog(database)).toEqual([])
    expect(await database.log.head(team)).toBe(0)
    expect(await say(database, alice, [message(1)], { device: phone })).toMatchObject({ head: 1 })
  })

  test('takes writes, and says so when asked; closed, it refuses', async () => {
    const { database } = await setup(makePlace)
    await expect(database.ping()).resolves.toBeUndefined()
    const place = await makePlace()
    const other = await place.open()
    await other.close()
    await expect(other.ping()).rejects.toThrow(Error)
    await expect(other.log.head(team)).rejects.toThrow(Error)
    await place.remove()
  })
}
