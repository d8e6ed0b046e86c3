// What people do with their own profile, and with others who trouble them. Each change is written, and then told to those
// it concerns.

import type { PictureId, ReportId, UserId } from '../../shared/ids.ts'
import { ReportId as ReportIdSchema } from '../../shared/ids.ts'
import type { ChangeProfile, NewReport } from '../../shared/protocol/api.ts'
import type { OwnProfile } from '../../shared/protocol/messages.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'
import type { Database } from '../../storage/database.ts'
import type { MadeOnce } from '../../storage/madeOnce.ts'
import type { Sync } from '../sync.ts'
import { parsePicture } from './pictureFormat.ts'

export type People = {
  own(user: UserId): Promise<OwnProfile>
  change(user: UserId, change: ChangeProfile, once?: MadeOnce): Promise<OwnProfile>
  setPicture(user: UserId, bytes: Uint8Array, once?: MadeOnce): Promise<PictureId>
  removePicture(user: UserId, once?: MadeOnce): Promise<void>
  block(user: UserId, other: UserId, once?: MadeOnce): Promise<void>
  unblock(user: UserId, other: UserId, once?: MadeOnce): Promise<void>
  report(by: UserId, report: NewReport): Promise<ReportId>
}

export type PeopleDeps = {
  database: Pick<Database, 'people' | 'pictures' | 'reports'>
  sync: Pick<Sync, 'personChanged' | 'discretionChanged'>
  clock: () => number
  newId: () => string
}

export function createPeople(deps: PeopleDeps): People {
  const { database, sync, clock } = deps
  return {
    own: (user) => own(database, user),
    async change(user, change, once) {
      if (!(await database.people.change(user, change, clock(), once))) return own(database, user)
      const { privacy, ...shown } = change
      if (privacy !== undefined) await sync.discretionChanged(user)
      if (Object.keys(shown).length > 0) await sync.personChanged(user)
      return own(database, user)
    },
    async setPicture(user, bytes, once) {
      const picture = parsePicture(bytes)
      if (await database.pictures.set(user, picture, clock(), once)) await sync.personChanged(user)
      return picture.id
    },
    async removePicture(user, once) {
      if (await database.pictures.set(user, null, clock(), once)) await sync.personChanged(user)
    },
    async block(user, other, once) {
      if (user === other) throw refusedBecause('block-oneself')
      const outcome = await database.people.block(user, other, clock(), once)
      if (outcome === 'unknown') throw refusedBecause('no-such-person')
      if (outcome === 'too-many') throw refusedBecause('blocks-full')
      await sync.discretionChanged(user, other)
    },
    async unblock(user, other, once) {
      await database.people.unblock(user, other, once)
      await sync.discretionChanged(user, other)
    },
    report: (by, report) => file(deps, by, report),
  }
}

async function own(database: Pick<Database, 'people'>, user: UserId): Promise<OwnProfile> {
  const profile = await database.people.own(user)
  if (profile === null) throw new Error('A session without its account.')
  return profile
}

async function file({ database, clock, newId }: PeopleDeps, by: UserId, report: NewReport): Promise<ReportId> {
  const { id = ReportIdSchema.parse(newId()), about, reason, words, conversation = null, entries } = report
  if (about === by) throw refusedBecause('report-oneself')
  const outcome = await database.reports.file({ id, by, about, reason, words, conversation, entries, now: clock() })
  switch (outcome) {
    case 'filed':
      return id
    case 'id-conflict':
      throw new RefusedError('id-conflict', 'There is another report under this id. Make a new one.')
    case 'unknown':
      throw refusedBecause('no-such-person')
    case 'not-member':
      throw new RefusedError('not-member', 'You are not in this conversation.')
    case 'not-theirs':
      throw refusedBecause('not-theirs')
    default:
      return outcome satisfies never
  }
}
