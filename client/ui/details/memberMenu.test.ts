import { describe, expect, it } from 'vitest'
import { memberActions, sortMembers } from './memberMenu.ts'

describe('what may be done to a member', () => {
  it('is everything for an owner, except to themselves', () => {
    expect(memberActions('owner', 'member', false)).toEqual(['write', 'make-admin', 'make-owner', 'remove', 'ban'])
    expect(memberActions('owner', 'admin', false)).toEqual(['write', 'make-member', 'make-owner', 'remove', 'ban'])
    expect(memberActions('owner', 'owner', true)).toEqual([])
  })

  it('is removal of members for an admin, and nothing but writing for a member', () => {
    expect(memberActions('admin', 'member', false)).toEqual(['write', 'remove', 'ban'])
    expect(memberActions('admin', 'admin', false)).toEqual(['write'])
    expect(memberActions('member', 'member', false)).toEqual(['write'])
  })
})

describe('the list of members', () => {
  it('stands by role, then by name', () => {
    const members = [
      { role: 'member', name: 'Zoë' },
      { role: 'admin', name: 'bob' },
      { role: 'member', name: 'Åsa' },
      { role: 'owner', name: 'Yusuf' },
      { role: 'admin', name: 'Alice' },
    ] as const
    expect(sortMembers(members).map((member) => member.name)).toEqual(['Yusuf', 'Alice', 'bob', 'Åsa', 'Zoë'])
  })
})
