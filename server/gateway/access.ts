// Who may hold which document open. Permission is asked of the database when a document is opened, and taken away the
// moment it ends: also from openings that are still on their way through the database.
//
//   asking ──permitted──▶ loading ──connected──▶ open ──▶ gone        `revoked` may be set in any of them

import type { ConversationId, UserId } from '../../shared/ids.ts'
import type { Client } from './client.ts'

export type Access = {
  readonly client: Client
  /** As the frames spell it, see frames.ts. */
  readonly key: string
  readonly name: string
  stage: 'asking' | 'loading' | 'open'
  conversation: ConversationId | null
  /** Why this access ended, in words; null while it holds. */
  revoked: string | null
  /** Closes the document for this client; null until it is open. */
  close: ((reason: string) => void) | null
}

export class Accesses {
  readonly #byClient = new Map<Client, Map<string, Access>>()
  readonly #byConversation = new Map<ConversationId, Set<Access>>()

  count(client: Client): number {
    return this.#byClient.get(client)?.size ?? 0
  }

  get(client: Client, key: string): Access | undefined {
    return this.#byClient.get(client)?.get(key)
  }

  add(access: Access): void {
    const replaced = this.get(access.client, access.key)
    if (replaced !== undefined) this.delete(replaced)
    const own = this.#byClient.get(access.client)
    if (own === undefined) this.#byClient.set(access.client, new Map([[access.key, access]]))
    else own.set(access.key, access)
  }

  /** From here on the access can be revoked by a change of membership. */
  bind(access: Access, conversation: ConversationId): void {
    access.conversation = conversation
    const accesses = this.#byConversation.get(conversation)
    if (accesses === undefined) this.#byConversation.set(conversation, new Set([access]))
    else accesses.add(access)
  }

  delete(access: Access): void {
    const own = this.#byClient.get(access.client)
    if (own?.get(access.key) === access) {
      own.delete(access.key)
      if (own.size === 0) this.#byClient.delete(access.client)
    }
    if (access.conversation === null) return
    const accesses = this.#byConversation.get(access.conversation)
    accesses?.delete(access)
    if (accesses?.size === 0) this.#byConversation.delete(access.conversation)
  }

  deleteAllOf(client: Client): void {
    for (const access of this.#byClient.get(client)?.values() ?? []) this.delete(access)
  }

  revoke(conversation: ConversationId, users: ReadonlySet<UserId>, words: string): void {
    for (const access of this.#byConversation.get(conversation) ?? []) {
      const user = access.client.session?.user
      if (user !== undefined && users.has(user)) end(access, words)
    }
  }

  revokeDocument(conversation: ConversationId, name: string, words: string): void {
    for (const access of this.#byConversation.get(conversation) ?? []) if (access.name === name) end(access, words)
  }

  revokeNamed(name: string, clients: Iterable<Client>, words: string): void {
    for (const client of clients) {
      for (const access of this.#byClient.get(client)?.values() ?? []) if (access.name === name) end(access, words)
    }
  }
}

function end(access: Access, words: string): void {
  access.revoked = words
  access.close?.(words)
}
