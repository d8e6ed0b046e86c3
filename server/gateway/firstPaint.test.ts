import * as fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { DEFAULT_PERMISSIONS } from '../../shared/conversation/membership.ts'
import type { Entry } from '../../shared/conversation/entry.ts'
import type { Seq } from '../../shared/ids.ts'
import { ConversationId, DeviceId, UserId } from '../../shared/ids.ts'
import { FIRST_PAINT_ENTRIES, FIRST_PAINT_MAX_BYTES, RECEIPTS_MAX_MEMBERS, TEXT_MAX_CHARS } from '../../shared/limits.ts'
import type { ConversationView, ServerMessage } from '../../shared/protocol/messages.ts'
import { trim } from './firstPaint.ts'
import { entry, stage } from './stage.ts'

describe('the first paint', () => {
  it('fits its budget with the fifty largest entries', async () => {
    const { people, group, connect } = await stage('alice')
    const lunch = await group()
    const alice = await connect(people.alice)
    const large = Array.from({ length: 5 }, () => entry('字'.repeat(TEXT_MAX_CHARS)))
    for (let sent = 0; sent < 50; sent += 5) await alice.append(lunch, ...large.map((one) => entry(one.body.text)))
    const opened = await alice.open(lunch)
    expect(opened).toMatchObject({ type: 'opened', paint: { tail: [{ seq: 50 }] } })
    expect(alice.sizes.at(-1)).toBeLessThanOrEqual(FIRST_PAINT_MAX_BYTES)
  })

  it('is the last fifty of a longer conversation, gapless up to the head', async () => {
    const { people, group, sync } = await stage('alice')
    const lunch = await group()
    await sync.append(people.alice.by, lunch, Array.from({ length: 60 }, (_, i) => entry(`${i + 1}`)))
    const { tail, conversation } = await sync.firstPaint(people.alice.user, lunch)
    expect(tail.map(({ seq }) => seq)).toEqual(Array.from({ length: FIRST_PAINT_ENTRIES }, (_, i) => i + 11))
    expect(conversation.head).toBe(60)
  })

  it('is not for those who are no members', async () => {
    const { people, group, sync, connect } = await stage('alice', 'mallory')
    const lunch = await group(people.alice)
    await expect(sync.firstPaint(people.mallory.user, lunch)).rejects.toMatchObject({ refusal: { code: 'not-member' } })
    const mallory = await connect(people.mallory)
    expect(await mallory.open(lunch)).toMatchObject({ type: 'refused', refusal: { code: 'not-member' } })
  })

  it('fits its budget whatever is in it, and what it leaves out follows', () => {
    fc.assert(
      fc.property(fc.nat(RECEIPTS_MAX_MEMBERS), fc.array(fc.nat(9_000), { maxLength: 50 }), (memberCount, lengths) => {
        const members = Array.from({ length: memberCount }, () => ({ user: UserId.parse(uuidv7()), role: 'member' as const }))
        const entries = lengths.map((length, index): Entry => ({ ...entry('x'.repeat(length)), seq: (index + 1) as Seq, author: members[0]?.user ?? nobody, device })) // from 1
        const head = entries.length as Seq // a count of entries
        const view: ConversationView = { id: ConversationId.parse(uuidv7()), kind: 'group', topic: '', permissions: DEFAULT_PERMISSIONS, name: 'Lunch', role: 'owner', memberCount, members, head }
        const receipts = members.map(({ user }) => ({ user, delivered: head, read: head }))
        const { paint, rest } = trim(view, entries, receipts, [])
        const message: ServerMessage = { type: 'opened', ref: Number.MAX_SAFE_INTEGER, paint }
        expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(FIRST_PAINT_MAX_BYTES)
        expect(paint.tail).toEqual(entries.slice(entries.length - paint.tail.length))
        expect([...paint.receipts, ...rest.receipts]).toEqual(receipts)
        expect((rest.conversation ?? paint.conversation).members).toEqual(members)
      }),
      { numRuns: 50 },
    )
  })
})

const nobody = UserId.parse(uuidv7())
const device = DeviceId.parse(uuidv7())
