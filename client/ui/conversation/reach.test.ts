import { describe, expect, it } from 'vitest'
import type { Member } from '../../../shared/conversation/membership.ts'
import { Seq, UserId } from '../../../shared/ids.ts'
import { reachOf } from './reach.ts'

const [alice, bob, carol, dave] = ['a', 'b', 'c', 'd'].map((letter) => UserId.parse(`01932d3e-0000-7000-8000-00000000000${letter}`)) as [UserId, UserId, UserId, UserId] // Four letters.
const members: Member[] = [alice, bob, carol, dave].map((user) => ({ user, role: 'member' }))
const receipt = (delivered: number, read: number) => ({ delivered: Seq.parse(delivered), read: Seq.parse(read) })

describe('whom a message has reached', () => {
  const receipts = new Map([[alice, receipt(9, 9)], [bob, receipt(7, 7)], [carol, receipt(7, 6)]])

  it('is everybody but its author, each once', () => {
    expect(reachOf(Seq.parse(7), members, receipts, alice)).toEqual({ read: [bob], delivered: [carol], waiting: [dave] })
  })

  it('changes with the message', () => {
    expect(reachOf(Seq.parse(6), members, receipts, alice)).toEqual({ read: [bob, carol], delivered: [], waiting: [dave] })
    expect(reachOf(Seq.parse(8), members, receipts, alice)).toEqual({ read: [], delivered: [], waiting: [bob, carol, dave] })
  })
})
