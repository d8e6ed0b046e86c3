import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OwnProfile } from '../../shared/protocol/messages.ts'
import { PictureId, Seq } from '../../shared/ids.ts'
import { fieldsOf, isNewer, keyOf, ownWith, personWith } from './changeRules.ts'
import { alice, bob, carol, entryId, lunch } from './people.testing.ts'
import type { Change } from './records.ts'
import { PendingChange } from './records.ts'

const users = fc.constantFrom(bob, carol)
const words = fc.constantFrom('one', 'two', 'three')
const pictures = fc.constantFrom('a', 'b').map((letter) => PictureId.parse(letter.repeat(64)))
const status = words.map((text) => ({ text }))
const dnd = fc.constantFrom({}, { until: 5 })
const presence = fc.constantFrom('everyone' as const, 'contacts' as const, 'nobody' as const)

const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .oneof(
      fc.record({ name: words }),
      fc.record({ status: fc.option(status) }),
      fc.record({ dnd: fc.option(dnd) }),
      fc.record({ privacy: fc.oneof(fc.record({ presence }), fc.record({ privateReceipts: fc.boolean() })) }),
    )
    .map((field): Change => ({ type: 'profile', change: field })),
  fc.option(pictures).map((id): Change => ({ type: 'picture', picture: id === null ? null : { id, type: 'image/png', bytes: new Uint8Array() } })),
  fc.record({ user: users, on: fc.boolean() }).map(({ user, on }): Change => ({ type: 'block', user, on })),
  fc.boolean().map((on): Change => ({ type: 'follow', conversation: lunch, root: entryId(1), at: Seq.parse(1), on, read: Seq.parse(2) })),
)
const changes = fc.array(change, { maxLength: 12 })

const own: fc.Arbitrary<OwnProfile> = fc.record({
  person: fc.record(
    { id: fc.constant(alice), handle: fc.constant('alice'), name: words, placeholder: fc.constant(false), picture: pictures, status, dnd },
    { requiredKeys: ['id', 'handle', 'name', 'placeholder'] },
  ),
  privacy: fc.record({ presence, privateReceipts: fc.boolean() }),
  blocked: fc.subarray([bob, carol]),
})

/** What a profile says, thing by thing, under the names that changes go by. */
function things({ person, privacy, blocked }: OwnProfile): Record<string, unknown> {
  return {
    'profile/name': person.name,
    'profile/status': person.status ?? null,
    'profile/dnd': person.dnd ?? null,
    'profile/presence': privacy.presence,
    'profile/privateReceipts': privacy.privateReceipts,
    picture: person.picture ?? null,
    [`block/${bob}`]: blocked.includes(bob),
    [`block/${carol}`]: blocked.includes(carol),
  }
}

function wanted(one: Change): unknown {
  if (one.type === 'profile') return Object.values(one.change.privacy ?? one.change)[0]
  if (one.type === 'picture') return one.picture?.id ?? null
  return 'on' in one ? one.on : undefined
}

describe('what a person changed, laid over what the server says', () => {
  test('[E10] each thing is as it was set last, and what was not set is as the server says, whatever it says meanwhile', () => {
    fc.assert(
      fc.property(own, own, changes, (before, after, set) => {
        for (const said of [before, after]) {
          const expected = { ...things(said), ...Object.fromEntries(set.filter(({ type }) => type !== 'follow').map((one) => [keyOf(one), wanted(one)])) }
          expect(things(ownWith(said, set))).toEqual(expected)
          expect(personWith(said.person, set)).toEqual(ownWith(said, set).person)
        }
      }),
    )
  })

  test('[E10] when the server takes them one by one, what is shown does not change', () => {
    fc.assert(
      fc.property(own, changes, (server, all) => {
        // Of each thing the last alone waits.
        const set = [...new Map(all.map((one) => [keyOf(one), one])).values()]
        const shown = things(ownWith(server, set))
        for (let taken = 0; taken <= set.length; taken += 1) {
          const now = ownWith(server, set.slice(0, taken))
          expect(things(ownWith(now, set.slice(taken)))).toEqual(shown)
          // Its word may come before this device knows that it has them, or be sent again.
          expect(things(ownWith(now, set))).toEqual(shown)
        }
      }),
    )
  })

  test('[E10] devices that changed different things come to the same, whichever is heard first', () => {
    fc.assert(
      fc.property(own, changes, changes, (server, here, there) => {
        const keys = new Set(here.map(keyOf))
        const apart = there.filter((one) => !keys.has(keyOf(one)))
        expect(things(ownWith(ownWith(server, here), apart))).toEqual(things(ownWith(ownWith(server, apart), here)))
      }),
    )
  })

  test('nothing that waits leaves the same object, so that nothing is drawn anew', () => {
    fc.assert(
      fc.property(own, (server) => {
        expect(ownWith(server, [])).toBe(server)
        expect(ownWith(server, [{ type: 'follow', conversation: lunch, root: entryId(1), at: Seq.parse(1), on: true, read: Seq.parse(0) }])).toBe(server)
      }),
    )
  })

  test('a profile is changed one field at a time', () => {
    const all = { name: 'Alice', status: null, dnd: {}, privacy: { presence: 'nobody', privateReceipts: false } } as const
    expect(fieldsOf(all).map(keyOf)).toEqual(['profile/name', 'profile/status', 'profile/dnd', 'profile/presence', 'profile/privateReceipts'])
    expect(fieldsOf({})).toEqual([])
  })

  test('of two there is always one that is newer, whoever asks', () => {
    const record = fc.record({ id: fc.constantFrom('a', 'b', 'c'), order: fc.nat(2) }).map(({ id, order }) => PendingChange.parse({ id, order, change: { type: 'block', user: bob, on: true }, state: { state: 'pending' } }))
    fc.assert(fc.property(record, record, (a, b) => {
      const same = a.id === b.id && a.order === b.order
      expect([isNewer(a, b), isNewer(b, a)].filter(Boolean)).toHaveLength(same ? 0 : 1)
    }))
  })
})
