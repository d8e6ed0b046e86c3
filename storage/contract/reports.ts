// Reports and who may read them.

import { describe, expect, test } from 'vitest'
import type { Database } from '../database.ts'
import type { StoredReport } from '../people.ts'
import type { Place } from './cast.ts'
import { NOW, edit, erase, id, message, say, setupTeam, team } from './cast.ts'

export function reportContract(makePlace: () => Promise<Place>): void {
  describe('reports', () => {
    test('[U9] a report copies what was said, edits and all, and a later edit does not change it', async () => {
      const { database, alice, bob, carol } = await setupTeam(makePlace)
      await say(database, carol, [message(1, 'buy this'), edit(2, 1, 'buy that')])
      expect(await database.reports.file(report({ entries: [id(1)] }))).toBe('filed')
      await say(database, carol, [edit(3, 1, 'nothing')])
      const read = await database.reports.read({ by: alice, now: NOW, id: id(0x700) })
      expect(read).toMatchObject({ by: bob, about: carol, reason: 'spam', words: 'look', conversation: team, shown: [{ id: id(1), at: NOW, texts: ['buy this', 'buy that'] }] })
    })

    test('[U9] only messages of that person, in a conversation of the reporter', async () => {
      const { database, bob, dave } = await setupTeam(makePlace)
      await say(database, bob, [message(1)])
      expect(await database.reports.file(report({ entries: [id(1)] }))).toBe('not-theirs')
      expect(await database.reports.file(report({ entries: [id(9)] }))).toBe('not-theirs')
      expect(await database.reports.file(report({ by: dave }))).toBe('not-member')
      expect(await database.reports.file(report({ conversation: id(0xff) }))).toBe('not-member')
      expect(await database.reports.file(report({ about: id(0xee) }))).toBe('unknown')
      expect(await database.reports.list({ state: null, after: null, limit: 9 })).toEqual([])
    })

    test('[U9] a report that is sent again is filed once, and nobody files under an id of another', async () => {
      const { database, alice, bob, carol } = await setupTeam(makePlace)
      await say(database, carol, [message(1, 'buy this')])
      expect(await database.reports.file(report({ entries: [id(1)] }))).toBe('filed')
      expect(await database.reports.file(report({ entries: [id(1)], now: NOW + 1 }))).toBe('filed')
      expect(await database.reports.file(report({ by: alice, about: bob }))).toBe('id-conflict')
      expect(await database.reports.list({ state: null, after: null, limit: 9 })).toMatchObject([{ id: id(0x700), by: bob, at: NOW }])
    })

    test('[U9] the last filed comes first, whatever its id says', async () => {
      const { database } = await setupTeam(makePlace)
      for (const [number, now] of [[0x7ff, NOW], [0x700, NOW + 2], [0x701, NOW + 1]] as const) await database.reports.file(report({ id: id(number), conversation: null, now }))
      const page = async (after: number | null) => (await database.reports.list({ state: 'open', after: after === null ? null : id(after), limit: 2 })).map((item) => item.id)
      expect(await page(null)).toEqual([id(0x700), id(0x701)])
      expect(await page(0x701)).toEqual([id(0x7ff)])
    })
  })
  handlingContract(makePlace)
  reportCopyContract(makePlace)
}

function handlingContract(makePlace: () => Promise<Place>): void {
  describe('reports that administrators handle', () => {
    test('[U9][S13] administrators list, read and resolve, each look in the audit log; others are refused', async () => {
      const { database, alice, bob, carol } = await setupTeam(makePlace)
      for (const number of [0x700, 0x701]) await database.reports.file(report({ id: id(number), conversation: null }))
      const ids = async (state: 'open' | 'resolved' | null) => (await database.reports.list({ state, after: null, limit: 9 })).map((item) => item.id)
      expect(await ids('open')).toEqual([id(0x701), id(0x700)])
      expect((await database.reports.list({ state: 'open', after: id(0x701), limit: 9 })).map((item) => item.id)).toEqual([id(0x700)])
      const act = { by: alice, now: NOW, id: id(0x700), words: 'warned' }
      expect(await database.reports.read({ ...act, by: bob })).toBe('not-administrator')
      expect(await database.reports.resolve({ ...act, by: bob })).toBe('not-administrator')
      expect(await database.reports.read({ ...act, id: id(0x7ff) })).toBe('unknown')
      await database.reports.read(act)
      expect([await database.reports.resolve(act), await database.reports.resolve({ ...act, words: 'again' })]).toEqual(['done', 'done'])
      expect(await ids('open')).toEqual([id(0x701)])
      expect(await ids('resolved')).toEqual([id(0x700)])
      expect(await ids(null)).toHaveLength(2)
      expect(await database.reports.list({ state: 'resolved', after: null, limit: 9 })).toMatchObject([{ resolvedAt: NOW, resolvedBy: alice }])
      expect(await database.reports.read({ ...act, by: null })).toMatchObject({ resolvedAt: NOW, resolvedBy: alice, resolvedWords: 'warned' })
      const about = { on: carol, detail: id(0x700) }
      expect((await acts(database)).slice(0, 3)).toEqual([
        { act: 'report-read', by: null, ...about },
        { act: 'report-resolved', by: alice, ...about },
        { act: 'report-read', by: alice, ...about },
      ])
    })
  })
}

function reportCopyContract(makePlace: () => Promise<Place>): void {
  describe('copies in reports', () => {
    test('[N6][U9] an open report keeps its copy of a message that is erased, until it is resolved', async () => {
      const { database, alice, carol } = await setupTeam(makePlace)
      await say(database, carol, [message(1, 'buy this'), edit(2, 1, 'buy that'), message(3, 'and this')])
      await database.reports.file(report({ entries: [id(3), id(1)] }))
      await say(database, carol, [erase(4, 1)])
      const act = { by: alice, now: NOW, id: id(0x700), words: '' }
      const shown = async () => {
        const read = await database.reports.read(act)
        return typeof read === 'string' ? read : read.shown.map(({ texts, erased }) => ({ texts, erased }))
      }
      expect(await shown()).toEqual([{ texts: ['and this'], erased: false }, { texts: ['buy this', 'buy that'], erased: true }])
      await database.reports.resolve(act)
      expect(await shown()).toEqual([{ texts: ['and this'], erased: false }, { texts: [], erased: true }])
    })

    test('[N6][U9] of a report that is resolved the copy goes with the message, whoever erases it, and of no other report', async () => {
      const { database, alice, carol } = await setupTeam(makePlace)
      await say(database, carol, [message(1, 'buy this'), message(2, 'and this')])
      for (const number of [0x700, 0x701]) await database.reports.file(report({ id: id(number), entries: [id(1), id(2)] }))
      const act = { by: alice, now: NOW, id: id(0x700), words: '' }
      await database.reports.resolve(act)
      await say(database, alice, [erase(4, 1)])
      const texts = async (number: number) => {
        const read = await database.reports.read({ ...act, id: id(number) })
        return typeof read === 'string' ? read : read.shown.map((entry) => entry.texts)
      }
      expect(await texts(0x700)).toEqual([[], ['and this']])
      expect(await texts(0x701)).toEqual([['buy this'], ['and this']])
    })
  })
}

function report(more: Partial<StoredReport>): StoredReport {
  return {
    id: id(0x700), by: id(0xa2), about: id(0xa3), reason: 'spam', words: 'look', conversation: team, entries: [], now: NOW, ...more,
  }
}

async function acts(database: Database) {
  return (await database.administration.audit(null, 9)).map(({ act, by, on, detail }) => ({ act, by, on, detail }))
}
