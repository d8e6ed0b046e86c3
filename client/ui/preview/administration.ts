// Administration in the preview: something of everything that can be listed.

import { ConversationId, EntryId, InviteId, ReportId } from '../../../shared/ids.ts'
import type { AuditAct, AuditRecord, Invite, PersonRecord, ReportSummary } from '../../../shared/protocol/administration.ts'
import type { EngineAdministration } from '../../sync/administration.ts'
import type { Outcome } from '../../sync/engine.ts'
import { people, SELF, userId } from './people.ts'

const HOUR = 3_600_000

export function previewAdministration(now: number): EngineAdministration {
  return {
    isAdministrator: () => ok(true),
    people: ({ start }) => ok({ people: records(now).filter(({ handle, name }) => [handle, name.toLowerCase()].some((text) => text.startsWith(start.toLowerCase()))) }),
    setAdministrator: () => ok(undefined),
    setBlocked: () => ok(undefined),
    endSessions: () => ok(2),
    setRegistration: () => ok(undefined),
    invites: () => ok({ invites: invites(now) }),
    createInvite: ({ note, maxUses, days }) => ok({ invite: { ...invite(9, note, now), maxUses, expiresAt: now + days * 24 * HOUR }, code: 'rT4k9vQz2LwYxN7cHb3mDf8sJpA' }),
    revokeInvite: () => ok(undefined),
    conversations: () =>
      ok({
        conversations: [
          { id: conversation(1), kind: 'group', name: 'Saturday market', createdAt: now, members: 8, entries: 4_210 },
          { id: conversation(2), kind: 'direct', name: '', createdAt: now, members: 2, entries: 1 },
          { id: conversation(3), kind: 'group', name: 'The committee for the renewal of the lighthouse stairs', createdAt: now, members: 1, entries: 0 },
        ],
      }),
    storage: () => ok({ databaseBytes: 48_600_000, accounts: 11, placeholders: 1, sessions: 17, conversations: 3, entries: 4_211 }),
    reports: ({ state }) => ok({ reports: reports(now).filter(({ resolvedAt }) => state === null || (state === 'resolved') === (resolvedAt !== null)), people: [...people.values()] }),
    readReport: (id) =>
      ok({
        report: {
          ...(reports(now).find((known) => known.id === id) ?? report(2, now)),
          words: 'The same offer every morning, to everybody.',
          conversation: conversation(1),
          shown: [
            { id: EntryId.parse('01900000-0000-7000-8000-00000000e00a'), at: now - 3 * HOUR, texts: ['Buy two nets, get one', 'Buy two nets, get one free'], erased: id === report(2, now).id },
            ...(id === report(2, now).id ? [] : [{ id: EntryId.parse('01900000-0000-7000-8000-00000000e00b'), at: now - 2 * HOUR, texts: [], erased: true }]),
          ],
          resolvedWords: id === report(2, now).id ? '' : 'Talked to Ben. He will ask before he offers.',
        },
        people: [...people.values()],
      }),
    resolveReport: () => ok(undefined),
    audit: () => ok({ records: audit(now), people: [...people.values()] }),
  }
}

function records(now: number): PersonRecord[] {
  return [...people.values()].map((person, index) => ({
    ...person,
    administrator: person.id === SELF,
    blockedAt: person.id === userId('ben') ? now - HOUR : null,
    createdAt: now - 900 * HOUR,
    lastSeenAt: person.placeholder ? null : now - index * 7 * HOUR,
    sessions: person.id === userId('ben') ? 0 : index,
  }))
}

function invites(now: number): Invite[] {
  return [
    { ...invite(3, 'For the choir', now), maxUses: 20, uses: 4 },
    invite(2, '', now),
    { ...invite(1, 'Ingrid', now), revokedAt: now - HOUR },
  ]
}

function invite(number: number, note: string, now: number): Invite {
  const id = InviteId.parse(`01900000-0000-7000-8000-${number.toString().padStart(12, '0')}`)
  return { id, note, createdBy: SELF, createdAt: now, expiresAt: now + 100 * HOUR, uses: 0, maxUses: 1, revokedAt: null }
}

function report(number: number, now: number): ReportSummary {
  const id = ReportId.parse(`01900000-0000-7000-8000-0000000000f${number}`)
  return { id, at: now - 2 * HOUR, by: userId('zoe'), about: userId('ben'), reason: 'spam', entries: 1, resolvedAt: null, resolvedBy: null }
}

function reports(now: number): ReportSummary[] {
  return [report(2, now), { ...report(1, now), reason: 'other', entries: 2, resolvedAt: now - HOUR, resolvedBy: SELF }]
}

function audit(now: number): AuditRecord[] {
  const acts: AuditAct[] = ['invite-made', 'registration-set', 'blocked', 'first-administrator']
  return acts.map((act, index) => ({
    number: acts.length - index,
    at: now - index * 5 * HOUR,
    by: SELF,
    act,
    on: act === 'blocked' ? userId('ben') : null,
    detail: act === 'registration-set' ? 'invite' : '',
  }))
}

function conversation(number: number): ConversationId {
  return ConversationId.parse(`01900000-0000-7000-8000-00000000000${number}`)
}

function ok<T>(value: T): Promise<Outcome<T>> {
  return Promise.resolve({ ok: true, value })
}
