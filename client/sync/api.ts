// The HTTP API as the engine uses it. Answers are parsed here; refusals and a missing network are values, because every
// caller has something to do about them.

import { z } from 'zod'
import type { ConversationId, EntryId, InviteId, JoinLinkId, ReportId, Seq, SessionId, UserId } from '../../shared/ids.ts'
import type { CreateInvite, RegistrationMode, ReportState, ResolveReport } from '../../shared/protocol/administration.ts'
import { AuditPage, ConversationsPage, EndedSessions, InvitesPage, NewInvite, PeoplePage, Registration, ReportAnswer, ReportsPage, StorageFigures } from '../../shared/protocol/administration.ts'
import type { ChangeProfile, CreateConversation, Describe, FollowThread, NewReport, SignIn, SignUp } from '../../shared/protocol/api.ts'
import { AnnotationsPage, Bans, Blocks, ChannelPreview, ChannelsPage, ConversationAnswer, EntriesPage, EntryPlace, EntryReach, ErasuresPage, ErrorAnswer, InboxPage, MembersPage, OwnAccount, People, PictureAnswer, Pins, ReportFiled, Sessions, SignedIn, ThreadsPage } from '../../shared/protocol/api.ts'
import { ThreadStanding } from '../../shared/conversation/thread.ts'
import type { CreateJoinLink } from '../../shared/protocol/joinLinks.ts'
import { CHANGE_ID_HEADER } from '../../shared/protocol/changeId.ts'
import { Accepted, Invitation, JoinLinks, JoinRequests, NewJoinLink } from '../../shared/protocol/joinLinks.ts'
import { OwnProfile } from '../../shared/protocol/messages.ts'
import type { Refusal } from '../../shared/protocol/refusal.ts'
import type { Role } from '../../shared/conversation/membership.ts'
import { refusal } from '../../shared/protocol/refusal.ts'
import type { Outcome } from './engine.ts'
import type { Environment } from './environment.ts'

const Nothing = z.unknown().transform(() => undefined)

export function createApi(environment: ApiEnvironment) {
  return {
    signUp: (form: z.input<typeof SignUp>): Promise<Outcome<SignedIn>> => call('POST', 'accounts', SignedIn, form),
    signIn: (form: z.input<typeof SignIn>): Promise<Outcome<SignedIn>> => call('POST', 'sessions', SignedIn, form),
    signOut: () => call('DELETE', 'sessions/current', Nothing),
    changePassword: (form: { current: string; next: string }) => call('POST', 'account/password', Nothing, form),
    ownAccount: () => call('GET', 'account', OwnAccount),
    registration: () => call('GET', 'registration', Registration),
    sessions: () => call('GET', 'sessions', Sessions),
    endSession: (id: SessionId) => call('DELETE', `sessions/${id}`, Nothing),

    people: (query: { q?: string; ids?: string }) => call('GET', `people?${new URLSearchParams(query).toString()}`, People),
    inbox: (query: { since?: number; cursor?: string; limit?: number }) => call('GET', `inbox?${parameters(query)}`, InboxPage),

    createConversation: (form: CreateConversation) => call('POST', 'conversations', ConversationAnswer, form),
    describe: (id: ConversationId, description: Describe) => call('PATCH', `conversations/${id}`, ConversationAnswer, description),

    ...memberCalls(call),
    ...channelCalls(call),
    ...joinLinkCalls(call),
    ...profileCalls(call),
    ...threadCalls(call),
    ...administrationCalls(call),

    entries: (id: ConversationId, query: { before: number; limit: number }) => call('GET', `conversations/${id}/entries?${parameters(query)}`, EntriesPage),
    annotations: (id: ConversationId, segment: number, query: { after: number }) =>
      call('GET', `conversations/${id}/segments/${segment}/annotations?${parameters(query)}`, AnnotationsPage),
    find: (id: ConversationId, entry: EntryId) => call('GET', `conversations/${id}/entries/${entry}`, EntryPlace),
    reach: (id: ConversationId, entry: EntryId) => call('GET', `conversations/${id}/entries/${entry}/reach`, EntryReach),
    pins: (id: ConversationId) => call('GET', `conversations/${id}/pins`, Pins),
    erasures: (after: { touched: number; conversation?: ConversationId | undefined; target?: number | undefined }) =>
      call('GET', `erasures?${parameters(after)}`, ErasuresPage),
    /** A full segment, whichever its generation is now: bytes of a Yjs update. Kept by the replica and by nobody else. */
    async segment(id: ConversationId, segment: number): Promise<Outcome<Uint8Array<ArrayBuffer>>> {
      const answer = await ask('GET', `conversations/${id}/segments/${segment}`, { cache: 'no-store' })
      if (!answer.ok) return answer
      return attempt(async () => new Uint8Array(await answer.value.arrayBuffer()))
    },
  }

  async function call<Schema extends z.ZodType>(method: string, path: string, schema: Schema, body?: unknown, change?: string): Promise<Outcome<z.output<Schema>>> {
    const answer = await ask(method, path, { body, change })
    if (!answer.ok) return answer
    const read = await attempt(async () => (answer.value.status === 204 ? null : ((await answer.value.json()) as unknown)))
    if (!read.ok) return read
    const parsed = schema.safeParse(read.value)
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, refusal: NOT_UNDERSTOOD }
  }

  async function ask(method: string, path: string, { body, change, cache = 'default' }: { body?: unknown; change?: string | undefined; cache?: RequestCache }): Promise<Outcome<Response>> {
    const session = environment.session()
    const request = new Request(new URL(`api/${path}`, environment.server), {
      method,
      credentials: 'same-origin',
      cache,
      headers: headersOf(body, environment.token(), change),
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    })
    const answer = await attempt(() => environment.fetch(request))
    // Asked by one account, answered when another may be signed in: nothing of it may reach that one's replica.
    if (session !== environment.session()) return { ok: false, refusal: refusal('signed-out', 'You signed out meanwhile.') }
    if (!answer.ok || answer.value.ok) return answer
    return { ok: false, refusal: await refusalOf(answer.value) }
  }
}

function headersOf(body: unknown, token: string | null, change: string | undefined): Record<string, string> {
  return {
    ...(body === undefined ? {} : { 'content-type': body instanceof Blob ? body.type : 'application/json' }),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(change === undefined ? {} : { [CHANGE_ID_HEADER]: change }),
  }
}

/** `change`: its id. What the server knows to have made it does not make again. */
type Call = <Schema extends z.ZodType>(method: string, path: string, schema: Schema, body?: unknown, change?: string) => Promise<Outcome<z.output<Schema>>>

function memberCalls(call: Call) {
  return {
    members: (id: ConversationId, query: { after?: UserId }) => call('GET', `conversations/${id}/members?${parameters(query)}`, MembersPage),
    addMembers: (id: ConversationId, users: readonly UserId[]) => call('POST', `conversations/${id}/members`, Nothing, { users }),
    removeMember: (id: ConversationId, user: UserId) => call('DELETE', `conversations/${id}/members/${user}`, Nothing),
    bans: (id: ConversationId) => call('GET', `conversations/${id}/bans`, Bans),
    ban: (id: ConversationId, user: UserId) => call('PUT', `conversations/${id}/bans/${user}`, Nothing),
    unban: (id: ConversationId, user: UserId) => call('DELETE', `conversations/${id}/bans/${user}`, Nothing),
    setRole: (id: ConversationId, user: UserId, role: Role) => call('PUT', `conversations/${id}/members/${user}/role`, Nothing, { role }),
  }
}

function channelCalls(call: Call) {
  return {
    channels: (query: { q?: string; cursor?: string }) => call('GET', `channels?${parameters(query)}`, ChannelsPage),
    previewChannel: (id: ConversationId) => call('GET', `channels/${id}/preview`, ChannelPreview),
    joinChannel: (id: ConversationId) => call('POST', `channels/${id}/join`, ConversationAnswer),
  }
}

function joinLinkCalls(call: Call) {
  return {
    createJoinLink: (id: ConversationId, wanted: CreateJoinLink) => call('POST', `conversations/${id}/links`, NewJoinLink, wanted),
    joinLinks: (id: ConversationId) => call('GET', `conversations/${id}/links`, JoinLinks),
    revokeJoinLink: (id: ConversationId, link: JoinLinkId) => call('DELETE', `conversations/${id}/links/${link}`, Nothing),
    lookAtInvitation: (code: string) => call('GET', `invites/${encodeURIComponent(code)}`, Invitation),
    acceptInvitation: (code: string) => call('POST', `invites/${encodeURIComponent(code)}`, Accepted),
    joinRequests: (id: ConversationId) => call('GET', `conversations/${id}/requests`, JoinRequests),
    letIn: (id: ConversationId, user: UserId) => call('PUT', `conversations/${id}/requests/${user}`, Nothing),
    declinedRead: (id: ConversationId) => call('DELETE', `me/declined/${id}`, Nothing),
    declineRequest: (id: ConversationId, user: UserId) => call('DELETE', `conversations/${id}/requests/${user}`, Nothing),
  }
}

function profileCalls(call: Call) {
  return {
    ownProfile: () => call('GET', 'me/profile', OwnProfile),
    changeProfile: (change: ChangeProfile, id: string) => call('PATCH', 'me/profile', OwnProfile, change, id),
    setPicture: (picture: Blob, id: string) => call('PUT', 'me/picture', PictureAnswer, picture, id),
    removePicture: (id: string) => call('DELETE', 'me/picture', Nothing, undefined, id),
    setPictureOf: (id: ConversationId, picture: Blob) => call('PUT', `conversations/${id}/picture`, PictureAnswer, picture),
    removePictureOf: (id: ConversationId) => call('DELETE', `conversations/${id}/picture`, Nothing),
    blocks: () => call('GET', 'me/blocks', Blocks),
    block: (user: UserId, id: string) => call('POST', `me/blocks/${user}`, Nothing, undefined, id),
    unblock: (user: UserId, id: string) => call('DELETE', `me/blocks/${user}`, Nothing, undefined, id),
    report: (form: z.input<typeof NewReport>) => call('POST', 'reports', ReportFiled, form),
  }
}

function threadCalls(call: Call) {
  return {
    threads: (id: ConversationId, query: { before?: Seq }) => call('GET', `conversations/${id}/threads?${parameters(query)}`, ThreadsPage),
    threadStanding: (id: ConversationId, root: Seq) => call('GET', `conversations/${id}/threads/${root}`, ThreadStanding),
    followThread: (id: ConversationId, root: Seq, wanted: FollowThread, change: string) => call('PUT', `conversations/${id}/threads/${root}/following`, Nothing, wanted, change),
  }
}

function administrationCalls(call: Call) {
  return {
    adminPeople: (query: { q?: string; after?: string }) => call('GET', `admin/people?${parameters(query)}`, PeoplePage),
    setAdministrator: (id: UserId, administrator: boolean) => call('PUT', `admin/people/${id}/administrator`, Nothing, { administrator }),
    setBlocked: (id: UserId, blocked: boolean) => call('PUT', `admin/people/${id}/blocked`, Nothing, { blocked }),
    endSessionsOf: (id: UserId) => call('DELETE', `admin/people/${id}/sessions`, EndedSessions),
    setRegistration: (mode: RegistrationMode) => call('PUT', 'admin/registration', Nothing, { mode }),
    invites: (query: { after?: InviteId }) => call('GET', `admin/invites?${parameters(query)}`, InvitesPage),
    createInvite: (form: z.input<typeof CreateInvite>) => call('POST', 'admin/invites', NewInvite, form),
    revokeInvite: (id: InviteId) => call('DELETE', `admin/invites/${id}`, Nothing),
    adminConversations: (query: { after?: ConversationId }) => call('GET', `admin/conversations?${parameters(query)}`, ConversationsPage),
    storageFigures: () => call('GET', 'admin/storage', StorageFigures),
    reports: (query: { state?: ReportState; after?: ReportId }) => call('GET', `admin/reports?${parameters(query)}`, ReportsPage),
    readReport: (id: ReportId) => call('GET', `admin/reports/${id}`, ReportAnswer),
    resolveReport: (id: ReportId, form: z.input<typeof ResolveReport>) => call('POST', `admin/reports/${id}/resolved`, Nothing, form),
    audit: (query: { before?: number }) => call('GET', `admin/audit?${parameters(query)}`, AuditPage),
  }
}

type ApiEnvironment = Pick<Environment, 'server' | 'fetch'> & {
  token: () => string | null
  /** Changes with every sign-out. */
  session: () => number
}

export type Api = ReturnType<typeof createApi>

const NOT_UNDERSTOOD = refusal('version', 'The server answered something this version does not understand: reload.')

/** Fetch and reading a body reject with a TypeError when the network fails, or an AbortError when it was cut. */
async function attempt<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, refusal: NOT_UNDERSTOOD }
    if (error instanceof TypeError || error instanceof DOMException) {
      return { ok: false, refusal: refusal('unavailable', 'No connection to the server. Try again when you are online.') }
    }
    throw error
  }
}

async function refusalOf(response: Response): Promise<Refusal> {
  const body = await attempt(async () => (await response.json()) as unknown)
  const parsed = ErrorAnswer.safeParse(body.ok ? body.value : null)
  if (parsed.success) return parsed.data.refusal
  // A proxy in front of the server answers for it, in its own words.
  return refusal('unavailable', `The server is not available (${response.status}). Try again later.`)
}

function parameters(query: Record<string, string | number | undefined>): string {
  const given = Object.entries(query).filter((pair): pair is [string, string | number] => pair[1] !== undefined)
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
}
