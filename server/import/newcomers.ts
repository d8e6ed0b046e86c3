// People and conversations on their way into the database, ahead of the entries that need them: gathered, and brought in
// one transaction per commit of entries.

import type { UserId } from '../../shared/ids.ts'
import type { Arrivals, Database } from '../../storage/database.ts'
import type { Place } from './entryQueue.ts'
import type { ImportSummary } from './summary.ts'

type NewConversation = Arrivals['conversations'][number]
type NewPerson = Arrivals['people'][number]

export class Newcomers {
  readonly #database: Pick<Database, 'accounts' | 'bulk'>
  readonly #summary: ImportSummary
  readonly #known = new Set<UserId>()
  #people: NewPerson[] = []
  #conversations: { conversation: NewConversation; place: Place }[] = []
  #members: { place: Place; user: UserId; role: Arrivals['members'][number]['role'] }[] = []

  constructor(database: Pick<Database, 'accounts' | 'bulk'>, summary: ImportSummary) {
    this.#database = database
    this.#summary = summary
  }

  isKnown(user: UserId): boolean {
    return this.#known.has(user)
  }

  person(person: NewPerson): void {
    if (this.#known.has(person.id)) return
    this.#known.add(person.id)
    this.#people.push(person)
  }

  conversation(conversation: NewConversation, place: Place): void {
    this.#conversations.push({ conversation, place })
  }

  member(place: Place, user: UserId, role: Arrivals['members'][number]['role'] = 'member'): void {
    this.#members.push({ place, user, role })
  }

  /** Gives each place the id its conversation has. */
  async arrive(now: number): Promise<void> {
    const people = await this.#absent()
    const conversations = this.#conversations.splice(0)
    const members = this.#members.splice(0)
    if (people.length + conversations.length + members.length === 0) return

    const arrived = await this.#database.bulk.arrive(
      {
        people,
        conversations: conversations.map(({ conversation }) => conversation),
        members: members.map(({ place, user, role }) => ({ conversation: place.id, user, role })),
      },
      now,
    )
    for (const [index, { place }] of conversations.entries()) {
      const conversation = arrived.conversations[index]
      if (conversation === undefined) throw new Error('A conversation did not arrive.')
      this.#summary.conversations[conversation.created ? 'created' : 'found'] += 1
      // A pair may have had its conversation already.
      place.id = conversation.id
      place.isNew = conversation.created
    }
    this.#summary.people.created += arrived.people
    this.#summary.leftOut += arrived.leftOut
  }

  /** A transaction that changes nothing still costs a sync, so those who are there are sorted out by reading. */
  async #absent(): Promise<NewPerson[]> {
    const wanted = this.#people.splice(0)
    if (wanted.length === 0) return []
    const there = new Set((await this.#database.accounts.byIds(wanted.map(({ id }) => id))).map(({ id }) => id))
    this.#summary.people.found += there.size
    return wanted.filter(({ id }) => !there.has(id))
  }
}
