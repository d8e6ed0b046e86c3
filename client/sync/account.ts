// Who this device is and who is signed in on it. The profile in the store says so; it also says whose data the store
// holds, so that nobody ever sees what another account left.

import { DeviceId } from '../../shared/ids.ts'
import type { OwnProfile, Person } from '../../shared/protocol/messages.ts'
import type { SignedIn } from '../../shared/protocol/api.ts'
import type { z } from 'zod'
import { ownWith, personWith } from './changeRules.ts'
import type { AccountState } from './engine.ts'
import type { Environment } from './environment.ts'
import type { Cell } from './readable.ts'
import { createCell } from './readable.ts'
import type { Change } from './records.ts'
import { Profile, ProfileOfAnyVersion, REPLICA_VERSION } from './records.ts'
import type { StoreWriter } from './storeWriter.ts'

export class Account {
  readonly state: Cell<AccountState> = createCell<AccountState>({ state: 'starting' })
  readonly own: Cell<OwnProfile | null> = createCell<OwnProfile | null>(null)
  /** Of the holder. */
  readonly person: Cell<Person | null> = createCell<Person | null>(null)
  /** How often the server said something of it. */
  heard = 0
  readonly #environment: Environment
  readonly #writer: StoreWriter
  readonly #changes: () => readonly Change[]
  #profile: Profile

  /** `changes`: what the person set and the server does not know yet. It is shown, and what is kept is what the server said. */
  constructor(environment: Environment, writer: StoreWriter, changes: () => readonly Change[]) {
    this.#environment = environment
    this.#writer = writer
    this.#changes = changes
    this.#profile = this.#blank(DeviceId.parse(environment.newId()))
  }

  /** `foreign`: the store holds data of another version of the program; only the outbox is worth keeping. */
  async load(): Promise<'ours' | 'foreign'> {
    const stored = await this.#environment.store.get('profile', 'profile')
    const profile = Profile.safeParse(stored)
    if (profile.success) {
      this.#profile = profile.data
      this.#show()
      return 'ours'
    }
    const older = ProfileOfAnyVersion.safeParse(stored)
    if (older.success) this.#profile = { ...this.#blank(older.data.device), holder: older.data.holder }
    await this.#keep(this.#profile)
    return stored === undefined ? 'ours' : 'foreign'
  }

  get device(): DeviceId {
    return this.#profile.device
  }

  get token(): string | null {
    return this.#profile.session.state === 'signed-in' ? this.#profile.session.token : null
  }

  get holder(): Profile['holder'] {
    return this.#profile.holder
  }

  isSignedIn(): boolean {
    return this.#profile.session.state === 'signed-in'
  }

  async signedIn({ account, token }: z.infer<typeof SignedIn>): Promise<void> {
    const own = this.#profile.own?.person.id === account.id ? this.#profile.own : null
    await this.#keep({ ...this.#profile, holder: account, own, session: { state: 'signed-in', token: token ?? null } })
  }

  /** `holder` stays when the session ended without the person's doing: the outbox is still theirs. */
  async signedOut(words: string | null, keepHolder: boolean): Promise<void> {
    const holder = keepHolder ? this.#profile.holder : null
    await this.#keep({ ...this.#profile, holder, own: null, session: { state: 'signed-out', words } })
  }

  /** The server said so. True when it is news. */
  async learnOwn(own: OwnProfile): Promise<boolean> {
    this.heard += 1
    // Asked by one account, answered when another is signed in.
    if (own.person.id !== this.#profile.holder?.id) return false
    if (JSON.stringify(own) === JSON.stringify(this.#profile.own)) return false
    await this.#keep(this.#with(own))
    return true
  }

  /** From another tab, which has written it already. */
  applyOwn(own: OwnProfile): void {
    if (own.person.id !== this.#profile.holder?.id) return
    this.#profile = this.#with(own)
    this.#show()
  }

  /** What the person set changed, or what of it waits. */
  changed(): void {
    this.#show()
  }

  #with(own: OwnProfile): Profile {
    return { ...this.#profile, own, holder: own.person }
  }

  async #keep(profile: Profile): Promise<void> {
    await this.#writer.write([{ type: 'put', table: 'profile', key: 'profile', value: profile }], 'strict')
    this.#profile = profile
    this.#show()
  }

  #show(): void {
    const { own, session, device } = this.#profile
    const changes = this.#changes()
    const holder = this.#profile.holder === null ? null : personWith(this.#profile.holder, changes)
    this.own.set(own === null ? null : ownWith(own, changes))
    this.person.set(holder)
    if (session.state === 'signed-in' && holder !== null) this.state.set({ state: 'signed-in', person: holder, device })
    else this.state.set({ state: 'signed-out', words: session.state === 'signed-out' ? session.words : null })
  }

  #blank(device: DeviceId): Profile {
    return { version: REPLICA_VERSION, device, holder: null, own: null, session: { state: 'signed-out', words: null } }
  }
}
