// What can be asked of `npm run admin`, and how it is spelled.

import type { z } from 'zod'
import { REPORT_MAX_CHARS } from '../../shared/limits.ts'
import { CreateInvite, RegistrationMode, ReportState, ResolveReport } from '../../shared/protocol/administration.ts'
import { StartError } from '../startError.ts'

export const ADMIN_USAGE = `npm run admin -- people [start of a name]              everybody, or those found
npm run admin -- make-admin <handle>                  make somebody an administrator
npm run admin -- unmake-admin <handle>                take that away; never from the last one
npm run admin -- block <handle>                       keep somebody from signing in, and end their sessions
npm run admin -- unblock <handle>                     let them in again
npm run admin -- sessions <handle>                    end all sessions of somebody
npm run admin -- new-password <handle>                a password for somebody who forgot theirs; their sessions end
npm run admin -- registration [open|invite|closed]    who may make an account; without a word: how it is
npm run admin -- invite [--uses 1] [--days 7] [--note "for Zoe"]    make an invite
npm run admin -- invites                              those ever made
npm run admin -- revoke <id of an invite>             its code is worth nothing from then on
npm run admin -- conversations                        all of them: what they are, not what is said in them
npm run admin -- storage                              how much there is of everything
npm run admin -- reports [open|resolved|id]           what people reported: what waits, what is resolved, or all of one
npm run admin -- resolve <id of a report> [--note "warned him"]    it is dealt with, and how
npm run admin -- audit                                what administrators did, newest first`

export type AdminCommand =
  | { type: 'people'; start: string }
  | { type: PersonAct; handle: string }
  | { type: 'registration'; mode: RegistrationMode | null }
  | { type: 'invite'; wanted: z.output<typeof CreateInvite> }
  | { type: 'invites' }
  | { type: 'revoke'; id: string }
  | { type: 'reports'; state: ReportState }
  | { type: 'report'; id: string }
  | { type: 'resolve'; id: string; words: string }
  | { type: 'conversations' }
  | { type: 'storage' }
  | { type: 'audit' }

export type PersonAct = (typeof PERSON_ACTS)[number]
const PERSON_ACTS = ['make-admin', 'unmake-admin', 'block', 'unblock', 'sessions', 'new-password'] as const

type Options = { uses?: string | undefined; days?: string | undefined; note?: string | undefined }

/** Throws a StartError with the usage for anything else. */
export function parseAdminCommand([name, argument, ...rest]: readonly string[], options: Options): AdminCommand {
  const taken = name === 'invite' ? ['uses', 'days', 'note'] : name === 'resolve' ? ['note'] : []
  if (rest.length > 0 || Object.keys(options).some((option) => !taken.includes(option))) throw new StartError(ADMIN_USAGE)
  const personAct = PERSON_ACTS.find((act) => act === name)
  if (personAct !== undefined) return { type: personAct, handle: given(argument).replace(/^@/, '').toLowerCase() }
  if (name === 'people') return { type: 'people', start: argument ?? '' }
  if (name === 'registration') return { type: 'registration', mode: argument === undefined ? null : parseMode(argument) }
  if (name === 'revoke') return { type: name, id: given(argument) }
  if (name === 'resolve') return { type: name, id: given(argument), words: parseWords(options) }
  if (name === 'reports') return parseReports(argument)
  if (argument !== undefined) throw new StartError(ADMIN_USAGE)
  if (name === 'invite') return { type: 'invite', wanted: parseInvite(options) }
  if (name === 'invites' || name === 'conversations' || name === 'storage' || name === 'audit') return { type: name }
  throw new StartError(ADMIN_USAGE)
}

function given(argument: string | undefined): string {
  if (argument === undefined) throw new StartError(ADMIN_USAGE)
  return argument
}

function parseMode(word: string): RegistrationMode {
  const mode = RegistrationMode.safeParse(word)
  if (!mode.success) throw new StartError(`Registration is one of ${RegistrationMode.options.join(', ')}, not "${word}".`)
  return mode.data
}

function parseReports(argument = 'open'): AdminCommand {
  const state = ReportState.safeParse(argument)
  return state.success ? { type: 'reports', state: state.data } : { type: 'report', id: argument }
}

function parseWords({ note }: Options): string {
  const resolved = ResolveReport.safeParse({ words: note })
  if (!resolved.success) throw new StartError(`The note has up to ${REPORT_MAX_CHARS} characters.`)
  return resolved.data.words
}

function parseInvite({ uses = '1', days = '7', note = '' }: Options): z.output<typeof CreateInvite> {
  const wanted = CreateInvite.safeParse({ maxUses: Number(uses), days: Number(days), note })
  if (wanted.success) return wanted.data
  const [issue] = wanted.error.issues
  throw new StartError(`${issue?.path.join('.') ?? 'The invite'}: ${issue?.message ?? 'not valid'}`)
}
