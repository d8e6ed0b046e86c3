// Pictures under the hash of their bytes.

import { v7 as uuidv7 } from 'uuid'
import { describe, expect, test } from 'vitest'
import { EntryId, PictureId } from '../../shared/ids.ts'
import type { Place } from './cast.ts'
import { NOW, phone, setupTeam, team } from './cast.ts'

export function pictureContract(makePlace: () => Promise<Place>): void {
  describe('pictures', () => {
    test('[U3] a picture goes when nobody has it any more, and not before', async () => {
      const { database, alice, bob } = await setupTeam(makePlace)
      const [a, b] = [picture('a'), picture('b')]
      for (const owner of [alice, bob]) expect(await database.pictures.set(owner, a, NOW)).toBe(true)
      expect(await database.pictures.set(alice, a, NOW)).toBe(false)
      await database.pictures.set(alice, b, NOW)
      expect((await database.pictures.get(a.id))?.bytes).toEqual(Buffer.from('a'))
      await database.pictures.set(bob, null, NOW)
      expect(await database.pictures.get(a.id)).toBeNull()
      expect(await database.pictures.get(b.id)).toMatchObject({ type: 'image/png' })
      expect(await database.pictures.set(bob, null, NOW)).toBe(false)
    })

    test('[C6] the picture of a conversation changes with its event, and is told of it wherever it is read', async () => {
      const { database, alice, bob } = await setupTeam(makePlace)
      const { id, type, bytes } = picture('a')
      const set = (next: PictureId | null) => database.conversations.change({ conversation: team, author: alice, device: phone, id: EntryId.parse(uuidv7()), body: { type: 'picture', picture: next }, now: NOW, picture: { type, bytes } })
      expect((await set(id))?.entry.body).toEqual({ type: 'picture', picture: id })
      expect(await set(id)).toBeNull()
      expect((await database.conversations.byId(team))?.picture).toBe(id)
      expect((await database.conversations.inboxRow(bob, team))?.picture).toBe(id)
      expect((await database.conversations.inbox(bob, { since: null, before: null, limit: 9 })).map((row) => row.picture)).toEqual([id])
      expect((await set(null))?.entry.body).toEqual({ type: 'picture', picture: null })
      expect((await database.conversations.inboxRow(bob, team))?.picture).toBeUndefined()
      expect(await database.pictures.get(id)).toBeNull()
    })

    test('[U3] people are given with their picture, and a conversation can have one', async () => {
      const { database, alice, bob } = await setupTeam(makePlace)
      const a = picture('a')
      await database.pictures.set(alice, a, NOW)
      await database.pictures.set(team, a, NOW)
      expect(await database.accounts.byIds([alice])).toMatchObject([{ picture: a.id }])
      expect((await database.accounts.search('alice', 1))[0]?.picture).toBe(a.id)
      expect((await database.people.changedSince(bob, 0, 9)).map(({ id }) => id)).toEqual([alice])
      await database.pictures.set(alice, null, NOW)
      expect(await database.pictures.of(alice)).toBeNull()
      expect(await database.pictures.of(team)).toBe(a.id)
      expect(await database.pictures.get(a.id)).not.toBeNull()
    })
  })
}

function picture(letter: string) {
  return { id: PictureId.parse(letter.repeat(64)), type: 'image/png' as const, bytes: new TextEncoder().encode(letter) }
}
