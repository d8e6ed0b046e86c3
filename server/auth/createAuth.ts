import type { z } from 'zod'
import type { SessionId, UserId } from '../../shared/ids.ts'
import { SessionId as SessionIdSchema, UserId as UserIdSchema } from '../../shared/ids.ts'
import type { ChangePassword, SessionView, SignIn, SignUp } from '../../shared/protocol/api.ts'
import type { Person } from '../../shared/protocol/messages.ts'
import { RefusedError } from '../../shared/protocol/refusal.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'
import type { Admission } from '../../storage/administration.ts'
import type { Database, StoredSession } from '../../storage/database.ts'
import type { Auth, Issued, Session } from './auth.ts'
import { sessionCookieName } from './auth.ts'
import { LastSeen } from './lastSeen.ts'
import { createTokens } from './lucia.ts'
import type { Passwords } from './passwords.ts'
import { refuseWeakPassword } from './passwords.ts'
import { secretHash } from './secretHash.ts'
import type { Throttle } from './throttle.ts'

export function createAuth(deps: AuthDeps): Auth {
  const { database, clock } = deps
  const ended = endedSessions()
  const lastSeen = new LastSeen(database.sessions)
  const tokens = createTokens(database.sessions, { ...deps, days: deps.sessionDays, expired: (id) => ended.tell([id]) })
  const issue = issuer(deps, tokens, ended.tell)

  async function authenticate(token: string): Promise<{ session: Session; cookie: string | null } | null> {
    const checked = await tokens.check(token)
    if (checked === null) return null
    const { id, user, device, expiresAt } = checked.session
    lastSeen.note(checked.session, clock())
    return { session: { id, user, device, expiresAt }, cookie: checked.extended ? tokens.cookie(token) : null }
  }

  return {
    authenticate,
    validate: async (token) => (await authenticate(token))?.session ?? null,
    onEnded: ended.listen,
    signUp: async (request, address) => issue(await signUp(deps, request, address), request.device),
    async signIn(request, address) {
      const { person, passwordHash } = await signIn(deps, request, address)
      const issued = await issue(person, request.device)
      // A password changed while it was being compared has signed out everyone who knew the old one, but not yet this one.
      if ((await database.accounts.passwordHash(person.handle))?.hash === passwordHash) return issued
      if (await database.sessions.delete(person.id, issued.session.id)) ended.tell([issued.session.id])
      throw wrongCredentials()
    },
    account: (session) => ownAccount(database, session),
    sessions: async (session) => views(await database.sessions.ofUser(session.user), session.id, clock()),
    async end(session, id) {
      const existed = await database.sessions.delete(session.user, id)
      if (existed) ended.tell([id])
      return existed
    },
    async changePassword(session, request, address) {
      await changePassword(deps, session, request, address)
      ended.tell(await database.sessions.deleteAllOf(session.user, session.id))
    },
    announceEnded: ended.tell,
    cookieName: sessionCookieName(deps.secureCookie),
    blankCookie: tokens.blankCookie(),
    async sweep() {
      await lastSeen.flush()
      ended.tell(await database.sessions.deleteExpired(clock()))
    },
  }
}

export type AuthDeps = {
  database: Pick<Database, 'accounts' | 'sessions' | 'administration' | 'registration'>
  passwords: Passwords
  throttle: Throttle
  clock: () => number
  newId: () => string
  sessionDays: number
  secureCookie: boolean
}

async function signUp(deps: AuthDeps, request: z.output<typeof SignUp>, address: string): Promise<Person> {
  const { handle, name, password, claim } = request
  const inviteHash = request.invite === undefined ? null : secretHash(request.invite)
  refuseWeakPassword(password, handle)
  await deps.throttle.signUp(address)
  // Before the costly hash; what counts is decided where the account is made.
  if (claim === undefined) refuseAdmission(await deps.database.registration.admission(inviteHash, deps.clock()))
  const passwordHash = await deps.passwords.hash(password)

  if (claim !== undefined) {
    const claimed = await deps.database.accounts.claim(secretHash(claim), { handle, name, passwordHash }, deps.clock())
    if (claimed === 'unknown') throw refusedBecause('claim-invalid')
    if (claimed === 'taken') throw handleTaken()
    return { id: claimed, handle, name, placeholder: false }
  }

  const id = UserIdSchema.parse(deps.newId())
  const created = await deps.database.accounts.signUp({ id, handle, name, passwordHash, createdAt: deps.clock() }, inviteHash)
  if (created === 'taken') throw handleTaken()
  if (created !== 'created') refuseAdmission(created)
  return { id, handle, name, placeholder: false }
}

function refuseAdmission(admission: Admission): void {
  switch (admission) {
    case 'admitted':
      return
    case 'closed':
      throw refusedBecause('registration-closed')
    case 'invite-needed':
      throw refusedBecause('invite-needed')
    case 'invite-invalid':
      throw refusedBecause('invite-invalid')
    default:
      return admission satisfies never
  }
}

async function signIn(deps: AuthDeps, request: z.output<typeof SignIn>, address: string): Promise<{ person: Person; passwordHash: string }> {
  // Phones capitalise the first letter of what is typed.
  const handle = request.handle.trim().toLowerCase()
  const giveBack = await deps.throttle.signIn(handle, address)
  const stored = await deps.database.accounts.passwordHash(handle)
  const matches = await deps.passwords.verify(stored?.hash ?? null, request.password)
  if (!matches || stored === null) throw wrongCredentials()
  await giveBack()
  await refuseBlocked(deps, stored.id)
  return { person: await existingPerson(deps.database, stored.id), passwordHash: stored.hash }
}

/** Only after the right password: nobody else learns that there is such an account. */
async function refuseBlocked({ database }: AuthDeps, user: UserId): Promise<void> {
  const { blocked } = await database.administration.standing(user)
  if (blocked) throw accountBlocked()
}

async function changePassword(deps: AuthDeps, session: Session, request: z.output<typeof ChangePassword>, address: string): Promise<void> {
  const { handle } = await existingPerson(deps.database, session.user)
  refuseWeakPassword(request.next, handle)
  const giveBack = await deps.throttle.signIn(handle, address)
  const stored = await deps.database.accounts.passwordHash(handle)
  if (!(await deps.passwords.verify(stored?.hash ?? null, request.current))) {
    throw refusedBecause('current-password-wrong')
  }
  await giveBack()
  await deps.database.accounts.setPasswordHash(session.user, await deps.passwords.hash(request.next))
}

/** One session a device: signing in again on a device that lost its cookie replaces the session it had. */
function issuer(deps: AuthDeps, tokens: ReturnType<typeof createTokens>, tellEnded: EndedListener) {
  return async (account: Person, device: z.output<typeof SignIn>['device']): Promise<Issued> => {
    const before = await deps.database.sessions.ofUser(account.id)
    const { token, session } = await tokens.issue({
      id: SessionIdSchema.parse(deps.newId()),
      user: account.id,
      device: device.id,
      label: device.label,
      now: deps.clock(),
    })
    const replaced = before.filter((other) => other.device === device.id).map((other) => other.id)
    for (const id of replaced) await deps.database.sessions.delete(account.id, id)
    tellEnded(replaced)
    await undoIfBlocked(deps, account.id, session.id)
    return { account, session: view(session, session.id), token, cookie: tokens.cookie(token) }
  }
}

/** A block ends the sessions there are; one that was being made meanwhile is no way around it. */
async function undoIfBlocked(deps: AuthDeps, user: UserId, session: SessionId): Promise<void> {
  const { blocked } = await deps.database.administration.standing(user)
  if (!blocked) return
  await deps.database.sessions.delete(user, session)
  throw accountBlocked()
}

async function ownAccount(database: AuthDeps['database'], session: Session): ReturnType<Auth['account']> {
  const [account, sessions, { administrator }] = await Promise.all([
    existingPerson(database, session.user),
    database.sessions.ofUser(session.user),
    database.administration.standing(session.user),
  ])
  const own = sessions.find(({ id }) => id === session.id)
  // Ended between the check of its token and now.
  if (own === undefined) throw new RefusedError('signed-out', 'Sign in again.')
  return { account, session: view(own, session.id), administrator }
}

async function existingPerson(database: AuthDeps['database'], user: UserId): Promise<Person> {
  const [person] = await database.accounts.byIds([user])
  if (person === undefined) throw new Error('A session or a password without its account.')
  return person
}

function views(sessions: readonly StoredSession[], current: SessionId, now: number): SessionView[] {
  return sessions.filter((session) => session.expiresAt > now).map((session) => view(session, current))
}

function view({ id, device, label, createdAt, lastSeenAt, expiresAt }: StoredSession, current: SessionId): SessionView {
  return { id, device, label, createdAt, lastSeenAt, expiresAt, current: id === current }
}

type EndedListener = (ended: readonly SessionId[]) => void

function endedSessions() {
  const listeners = new Set<EndedListener>()
  const listen = (listener: EndedListener) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const tell: EndedListener = (ended) => {
    if (ended.length > 0) for (const listener of listeners) listener(ended)
  }
  return { listen, tell }
}

function handleTaken(): RefusedError {
  return refusedBecause('handle-taken')
}

function accountBlocked(): RefusedError {
  return refusedBecause('account-blocked')
}

function wrongCredentials(): RefusedError {
  return new RefusedError('credentials', 'There is no account with this username and this password.')
}
