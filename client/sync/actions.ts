// What a person does with the engine besides writing: accounts, conversations, people. Most are one request and its
// outcome; the replica learns what came of it.

import { EVERY_THREAD } from '../../shared/conversation/thread.ts'
import { PictureId, ReportId, Seq } from '../../shared/ids.ts'
import type { ConversationId, UserId } from '../../shared/ids.ts'
import { ConversationId as ConversationIdSchema } from '../../shared/ids.ts'
import { PICTURE_MAX_BYTES } from '../../shared/limits.ts'
import type { SignedIn } from '../../shared/protocol/api.ts'
import { ChangeProfile, NewReport } from '../../shared/protocol/api.ts'
import type { Person } from '../../shared/protocol/messages.ts'
import type { Refusal } from '../../shared/protocol/refusal.ts'
import { refusal } from '../../shared/protocol/refusal.ts'
import type { RefusalReason } from '../../shared/protocol/refusalReasons.ts'
import type { z } from 'zod'
import { engineAdministration } from './administration.ts'
import { engineBans } from './bans.ts'
import { fieldsOf } from './changeRules.ts'
import type { Tab } from './tab.ts'
import type { Engine, Outcome } from './engine.ts'
import { engineJoinLinks } from './joinLinks.ts'
import { knownThreads } from './knownThreads.ts'
import { readMessage, readMessageAt } from './readMessage.ts'
import type { Change } from './records.ts'
import { keptMute } from './mutes.ts'

export function engineActions(tab: Tab): Engine {
  return {
    account: tab.account.state,
    profile: tab.account.own,
    connection: tab.connection,
    inbox: tab.replica.inbox.state,
    outbox: tab.replica.outbox.state,
    changes: tab.replica.changes.state,
    saved: tab.replica.saved,
    leader: tab.leading,
    administration: engineAdministration(tab.api),
    joinLinks: engineJoinLinks({ api: tab.api, replica: tab.replica, joinAnswers: tab.joinAnswers, apply: (fact) => tab.tell(fact) }),
    bans: engineBans(tab.api, tab.replica),
    ...accountActions(tab),
    ...peopleActions(tab),
    ...profileActions(tab),
    ...conversationActions(tab),
    ...channelActions(tab),
    ...listActions(tab),
    close: () => tab.close(),
  }
}

type Actions<Name extends keyof Engine> = Pick<Engine, Name>

function accountActions(tab: Tab): Actions<'registration' | 'signUp' | 'signIn' | 'signOut' | 'changePassword' | 'sessions' | 'endSession'> {
  const { api, account, replica, environment } = tab
  const device = () => ({ id: account.device, label: environment.deviceLabel })
  return {
    registration: async () => mapped(await api.registration(), ({ mode }) => mode),
    signUp: async (form) => begin(await api.signUp({ ...form, device: device(), credentials: environment.credentials })),
    signIn: async (form) => begin(await api.signIn({ ...form, device: device(), credentials: environment.credentials })),

    async signOut({ discard = false } = {}) {
      const { pending, refused } = replica.outbox.state.get()
      if (!discard && (pending + refused > 0 || replica.changes.pending().length > 0)) return { ok: false, refusal: UNSENT_HERE }
      tab.connect(false)
      const answer = await api.signOut()
      // A session that had ended already is what was asked for.
      if (!answer.ok && answer.refusal.code !== 'signed-out') {
        tab.connect(true)
        return answer
      }
      tab.signedOut(false)
      await replica.wipe({ outbox: false })
      await account.signedOut(null, false)
      tab.post({ type: 'account' })
      return done
    },

    changePassword: (form) => api.changePassword(form),
    sessions: async () => mapped(await api.sessions(), ({ sessions }) => sessions),
    endSession: (id) => api.endSession(id),
  }

  async function begin(answer: Outcome<z.infer<typeof SignedIn>>): Promise<Outcome<Person>> {
    if (!answer.ok) return answer
    // Nobody sees what another account left here.
    if (account.holder?.id !== answer.value.account.id) await replica.wipe({ outbox: false })
    await account.signedIn(answer.value)
    await tab.signedIn()
    tab.post({ type: 'account' })
    return { ok: true, value: answer.value.account }
  }
}

function peopleActions(tab: Tab): Actions<'person' | 'searchPeople' | 'presence'> {
  const { api, replica, screen } = tab
  return {
    person: (id) => (id === tab.account.holder?.id ? tab.account.person : replica.people.person(id)),
    presence: (id) => screen.presence(id),
    async searchPeople(start) {
      const answer = await api.people({ q: start })
      if (answer.ok) await replica.people.learn(answer.value.people)
      return mapped(answer, ({ people }) => people)
    },
  }
}

type ProfileAction = 'changeProfile' | 'setPicture' | 'pictureAddress' | 'block' | 'unblock' | 'report' | 'dismissRefused'

/** Set here, sent when there is a connection. */
function profileActions({ environment, replica: { changes } }: Tab): Actions<ProfileAction> {
  return {
    async changeProfile(form) {
      const change = ChangeProfile.safeParse(form)
      return change.success ? set(fieldsOf(change.data)) : malformed(change.error)
    },
    async setPicture(picture) {
      if (picture === null) return set([{ type: 'picture', picture: null }])
      if (picture.size > PICTURE_MAX_BYTES) return { ok: false, refusal: refusal('too-large', `A picture has at most ${PICTURE_MAX_BYTES / 1024} KiB.`) }
      const bytes = new Uint8Array(await picture.arrayBuffer())
      return set([{ type: 'picture', picture: { id: await pictureId(bytes), type: picture.type, bytes } }])
    },
    pictureAddress: (id) => changes.pictureAddress(id) ?? new URL(`api/pictures/${id}`, environment.server).href,
    block: (user) => set([{ type: 'block', user, on: true }]),
    unblock: (user) => set([{ type: 'block', user, on: false }]),
    async report(form) {
      const report = NewReport.safeParse(form)
      if (!report.success) return malformed(report.error)
      const id = report.data.id ?? ReportId.parse(environment.newId())
      return mapped(await set([{ type: 'report', id, report: report.data }]), () => id)
    },
    dismissRefused: (id) => changes.drop((record) => record.id === id && record.state.state === 'refused'),
  }

  async function set(wanted: readonly Change[]): Promise<Outcome<void>> {
    await changes.set(wanted)
    return done
  }
}

/** As the server names it: a picture never changes under its id. */
async function pictureId(bytes: Uint8Array<ArrayBuffer>): Promise<PictureId> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return PictureId.parse(Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(''))
}

function malformed(error: z.ZodError): Outcome<never> {
  return { ok: false, refusal: refusal('malformed', error.issues[0]?.message ?? 'This cannot be so.') }
}

type ConversationAction = 'startDirect' | 'newConversationId' | 'createGroup' | 'describe' | 'setPictureOf' | 'addMembers' | 'removeMember' | 'setRole' | 'membersPage' | 'leave' | 'message' | 'messageAt' | 'open'

function conversationActions(tab: Tab): Actions<ConversationAction> {
  const { api, replica, environment } = tab
  return {
    open: (id) => tab.open(id),
    message: (id, entry) => readMessage(replica, id, entry),
    messageAt: (id, seq) => readMessageAt(replica, id, seq),
    startDirect: (user) => create({ kind: 'direct', with: user }),
    newConversationId: () => ConversationIdSchema.parse(environment.newId()),
    createGroup: ({ kind = 'group', id, members, ...form }) => create({ ...form, kind, id: id ?? ConversationIdSchema.parse(environment.newId()), members: [...members] }),

    async describe(id, description) {
      const answer = await api.describe(id, description)
      if (answer.ok) await replica.inbox.learn([answer.value.row])
      return mapped(answer, () => undefined)
    },

    setPictureOf: async (id, picture) => mapped(picture === null ? await api.removePictureOf(id) : await api.setPictureOf(id, picture), () => undefined),
    addMembers: (id, users) => api.addMembers(id, users),
    removeMember: (id, user) => api.removeMember(id, user),
    setRole: (id, user, role) => api.setRole(id, user, role),

    async membersPage(id, after) {
      const answer = await api.members(id, after === null ? {} : { after })
      if (answer.ok) await replica.people.learn(answer.value.people)
      return mapped(answer, ({ members, after: next }) => ({ members, after: next ?? null }))
    },

    async leave(id) {
      const answer = await api.removeMember(id, tab.me())
      if (answer.ok) await replica.forget(id, 'You left this conversation.')
      return answer
    },
  }

  async function create(form: Parameters<typeof api.createConversation>[0]): Promise<Outcome<ConversationId>> {
    const answer = await api.createConversation(form)
    if (!answer.ok) return answer
    const { row } = answer.value
    await replica.inbox.learn([row])
    replica.people.need(others(row.peer))
    return { ok: true, value: row.conversation }
  }
}

function channelActions({ api, replica }: Tab): Actions<'channels' | 'previewChannel' | 'joinChannel'> {
  return {
    channels: ({ start, cursor }) => api.channels({ ...(start === '' ? {} : { q: start }), ...(cursor === null ? {} : { cursor }) }),
    async previewChannel(id) {
      const answer = await api.previewChannel(id)
      if (answer.ok) await replica.people.learn(answer.value.people)
      return answer
    },
    async joinChannel(id) {
      const answer = await api.joinChannel(id)
      if (answer.ok) await replica.inbox.learn([answer.value.row])
      return mapped(answer, ({ row }) => row.conversation)
    },
  }
}

function listActions(tab: Tab): Actions<'loadMoreInbox' | 'setPinned' | 'setMuted' | 'setSilenced' | 'setArchived' | 'markAllRead' | 'threads'> {
  const { api, replica, environment } = tab
  return {
    loadMoreInbox: () => replica.inbox.loadMore(),
    setPinned: (id, pinned) => replica.personal.set('pins', id, pinned ? environment.clock() : undefined),
    async setMuted(id, until) {
      // What came back from the archive is not put away again by being muted.
      const item = replica.inbox.state.get().rows.find(({ conversation }) => conversation === id)
      const cameBack = until !== null && item?.archived === false
      await Promise.all([
        cameBack ? replica.personal.set('archived', id, undefined) : undefined,
        replica.personal.set('mutes', id, keptMute(until)),
      ])
    },
    setSilenced: (id, on) => replica.personal.set('silenced', id, on ? 1 : undefined),
    setArchived: (id, on) => replica.personal.set('archived', id, on ? (replica.inbox.row(id)?.head ?? 0) : undefined),
    async markAllRead(id) {
      const head = replica.inbox.row(id)?.head ?? Seq.parse(0)
      await Promise.all([replica.personal.set('unreadFrom', id, undefined), replica.personal.set('unreadQuiet', id, undefined), replica.raiseRegister(id, { delivered: head, read: head }), replica.threadMarks.raise(id, EVERY_THREAD, head)])
    },
    async threads(id, before) {
      const answer = await api.threads(id, before === null ? {} : { before })
      if (answer.ok) await replica.people.learn(answer.value.people)
      const known = !answer.ok && answer.refusal.code === 'unavailable' && before === null ? await knownThreads(replica, environment.store, id) : []
      if (known.length > 0) return { ok: true, value: { threads: known, before: null, isWhole: false } }
      return mapped(answer, ({ threads, before: next }) => ({ threads, before: next ?? null, isWhole: true }))
    },
  }
}

const done: Outcome<undefined> = { ok: true, value: undefined }

/** In the words of its reason. */
export const UNSENT_HERE: Refusal = {
  ...refusal('forbidden', 'Something you wrote or changed has not been sent yet and would be lost. Wait until it is, or sign out and lose it.'),
  reason: 'unsent-here' satisfies RefusalReason,
}

function mapped<T, U>(answer: Outcome<T>, map: (value: T) => U): Outcome<U> {
  return answer.ok ? { ok: true, value: map(answer.value) } : answer
}

function others(peer: UserId | undefined): UserId[] {
  return peer === undefined ? [] : [peer]
}
