// Does what a command of `npm run admin` asks, and tells it line by line.

import type { ConversationId, ReportId, UserId } from '../../shared/ids.ts'
import { InviteId, ReportId as ReportIdSchema } from '../../shared/ids.ts'
import { ADMINISTRATION_PAGE } from '../../shared/limits.ts'
import type { AuditRecord, Invite, PersonRecord, ReportState, ReportSummary } from '../../shared/protocol/administration.ts'
import type { Account, ConversationRecord, Database } from '../../storage/database.ts'
import type { Administration } from './administration.ts'
import { StartError } from '../startError.ts'
import type { AdminCommand, PersonAct } from './adminCommand.ts'

export type AdministerDeps = { database: Pick<Database, 'accounts' | 'administration' | 'bulk' | 'registration' | 'reports'>; administration: Administration }

export async function* administer(deps: AdministerDeps, command: AdminCommand): AsyncGenerator<string> {
  const { database, administration } = deps
  switch (command.type) {
    case 'people':
      return yield* people(database, command.start)
    case 'registration':
      if (command.mode !== null) await administration.setRegistration(null, command.mode)
      return yield `Registration is ${await database.registration.mode()}.`
    case 'invite': {
      const { invite, code } = await administration.createInvite(null, command.wanted)
      yield `The code is ${code}`
      return yield `It is good for ${invite.maxUses} ${invite.maxUses === 1 ? 'account' : 'accounts'} until ${day(invite.expiresAt)} and cannot be read again. Its id, to revoke it: ${invite.id}`
    }
    case 'invites':
      return yield* invites(database)
    case 'revoke':
      await administration.revokeInvite(null, inviteId(command.id))
      return yield 'Revoked.'
    case 'reports':
      return yield* reports(database, command.state)
    case 'report':
      return yield* report(deps, command.id)
    case 'resolve':
      await administration.resolveReport(null, reportId(command.id), command.words)
      return yield 'Resolved.'
    case 'conversations':
      return yield* conversations(database)
    case 'storage':
      return yield* storage(database)
    case 'audit':
      return yield* audit(database)
    case 'make-admin':
    case 'unmake-admin':
    case 'block':
    case 'unblock':
    case 'sessions':
    case 'new-password':
      return yield await actOnPerson(deps, command.type, command.handle)
    default:
      return command satisfies never
  }
}

async function actOnPerson({ database, administration }: AdministerDeps, act: PersonAct, handle: string): Promise<string> {
  const { id, name } = await accountOf(database, handle)
  const who = `${name} (${handle})`
  switch (act) {
    case 'make-admin':
      await administration.setAdministrator(null, id, true)
      return `${who} is an administrator.`
    case 'unmake-admin':
      await administration.setAdministrator(null, id, false)
      return `${who} is no administrator.`
    case 'block':
      await administration.setBlocked(null, id, true)
      return `${who} is blocked and signed out everywhere.`
    case 'unblock':
      await administration.setBlocked(null, id, false)
      return `${who} can sign in.`
    case 'sessions':
      return `${who}: ${await administration.endSessions(null, id)} sessions ended.`
    case 'new-password':
      return `The new password of ${who} is ${await administration.replacePassword(id)}\nIt counts at once, cannot be read again, and every device is signed out. Ask them to change it in their settings.`
    default:
      return act satisfies never
  }
}

async function accountOf(database: AdministerDeps['database'], handle: string): Promise<Account> {
  const account = await database.accounts.byHandle(handle)
  if (account === null) throw new StartError(`There is no account with the handle ${handle}.`)
  return account
}

function inviteId(typed: string): InviteId {
  const id = InviteId.safeParse(typed)
  if (!id.success) throw new StartError(`"${typed}" is no id of an invite. \`npm run admin -- invites\` lists them.`)
  return id.data
}

async function* people({ administration }: AdministerDeps['database'], start: string): AsyncGenerator<string> {
  let found = 0
  for (let after: string | null = null; ; ) {
    const page: PersonRecord[] = await administration.people({ start, after, limit: ADMINISTRATION_PAGE })
    for (const person of page) yield personLine(person)
    found += page.length
    after = page.at(-1)?.handle ?? null
    if (page.length < ADMINISTRATION_PAGE) break
  }
  if (found === 0) yield start === '' ? 'Nobody has an account yet.' : `Nobody’s name or handle starts with "${start}".`
}

function personLine({ handle, name, placeholder, administrator, blockedAt, sessions }: PersonRecord): string {
  const marks = [placeholder ? 'imported' : `${sessions} sessions`, ...(administrator ? ['administrator'] : []), ...(blockedAt === null ? [] : [`blocked since ${day(blockedAt)}`])]
  return `${handle}  ${name}  (${marks.join(', ')})`
}

async function* invites({ registration }: AdministerDeps['database']): AsyncGenerator<string> {
  let found = 0
  for (let after: InviteId | null = null; ; ) {
    const page: Invite[] = await registration.invites(after, ADMINISTRATION_PAGE)
    for (const { id, note, uses, maxUses, expiresAt, revokedAt } of page) {
      yield `${id}  used ${uses} of ${maxUses}  ${revokedAt === null ? `until ${day(expiresAt)}` : `revoked ${day(revokedAt)}`}  ${note}`.trimEnd()
    }
    found += page.length
    after = page.at(-1)?.id ?? null
    if (page.length < ADMINISTRATION_PAGE) break
  }
  if (found === 0) yield 'There are no invites.'
}

async function* reports({ reports: store, accounts }: AdministerDeps['database'], state: ReportState): AsyncGenerator<string> {
  let found = 0
  for (let after: ReportId | null = null; ; ) {
    const page: ReportSummary[] = await store.list({ state, after, limit: ADMINISTRATION_PAGE })
    const handles = await handlesOf(accounts, page.flatMap(({ by, about }) => [by, about]))
    for (const { id, at, by, about, reason, entries } of page) {
      yield `${id}  ${day(at)}  ${reason}  ${handles.get(by)} about ${handles.get(about)}  (${entries} messages shown)`
    }
    found += page.length
    after = page.at(-1)?.id ?? null
    if (page.length < ADMINISTRATION_PAGE) break
  }
  if (found === 0) yield state === 'open' ? 'There are no reports that wait.' : 'No report is resolved yet.'
}

async function* report({ database, administration }: AdministerDeps, id: string): AsyncGenerator<string> {
  const { at, by, about, reason, words, shown, resolvedAt, resolvedBy, resolvedWords } = await administration.readReport(null, reportId(id))
  const handles = await handlesOf(database.accounts, [by, about, ...(resolvedBy === null ? [] : [resolvedBy])])
  yield `${new Date(at).toISOString()}  ${reason}  ${handles.get(by)} about ${handles.get(about)}`
  if (words !== '') yield quoted(words)
  for (const { at: written, texts } of shown) for (const text of texts) yield `  ${new Date(written).toISOString()}  ${quoted(text)}`
  if (resolvedAt === null) return
  const who = resolvedBy === null ? 'on the command line' : `by ${handles.get(resolvedBy)}`
  yield `resolved ${day(resolvedAt)} ${who}${resolvedWords === '' ? '' : `  ${quoted(resolvedWords)}`}`
}

/** A terminal obeys what is written to it; what people wrote must not speak to it, and is shown in the order in which it is. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

async function handlesOf(accounts: AdministerDeps['database']['accounts'], users: readonly UserId[]): Promise<ReadonlyMap<UserId, string>> {
  return new Map((await accounts.byIds([...new Set(users)])).map(({ id, handle }) => [id, handle]))
}

function reportId(id: string): ReportId {
  const parsed = ReportIdSchema.safeParse(id)
  if (!parsed.success) throw new StartError(`"${id}" is no id of a report: see npm run admin -- reports.`)
  return parsed.data
}

async function* conversations({ bulk }: AdministerDeps['database']): AsyncGenerator<string> {
  let found = 0
  for (let after: ConversationId | null = null; ; ) {
    const page: ConversationRecord[] = await bulk.conversations(after, ADMINISTRATION_PAGE)
    for (const { id, kind, name, createdAt, memberCount, head } of page) {
      yield `${id}  ${kind}  ${name === '' ? '' : `${quoted(name)}  `}since ${day(createdAt)}  (${memberCount} members, ${head} entries)`
    }
    found += page.length
    after = page.at(-1)?.id ?? null
    if (page.length < ADMINISTRATION_PAGE) break
  }
  if (found === 0) yield 'There are no conversations yet.'
}

async function* storage({ administration }: AdministerDeps['database']): AsyncGenerator<string> {
  const { databaseBytes, accounts, placeholders, sessions, conversations: talks, entries } = await administration.figures()
  yield `database       ${(databaseBytes / 1_000_000).toFixed(1)} MB`
  yield `accounts       ${accounts}, and ${placeholders} imported that nobody has claimed`
  yield `sessions       ${sessions}`
  yield `conversations  ${talks}`
  yield `entries        ${entries}`
}

async function* audit({ administration, accounts }: AdministerDeps['database']): AsyncGenerator<string> {
  for (let before: number | null = null; ; ) {
    const page: AuditRecord[] = await administration.audit(before, ADMINISTRATION_PAGE)
    const named = await accounts.byIds([...new Set(page.flatMap(({ by, on }) => [by, on]).filter((user) => user !== null))])
    const handles = new Map(named.map(({ id, handle }) => [id, handle]))
    for (const { at, by, act, on, detail } of page) {
      const who = by === null ? 'command line' : handles.get(by)
      yield [new Date(at).toISOString(), who, act, on === null ? '' : handles.get(on), detail].filter((part) => part !== '').join('  ')
    }
    before = page.at(-1)?.number ?? null
    if (page.length < ADMINISTRATION_PAGE) break
  }
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
