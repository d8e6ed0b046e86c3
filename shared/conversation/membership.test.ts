import { describe, expect, test } from 'vitest'
import type { Action, Role } from './membership.ts'
import { DEFAULT_PERMISSIONS, may } from './membership.ts'

const GROUP = { kind: 'group', permissions: DEFAULT_PERMISSIONS } as const
const ROLES: readonly Role[] = ['member', 'admin', 'owner']
const whoMay = (action: Action) => ROLES.filter((role) => may(GROUP, role, action))

describe('who may keep somebody out', () => {
  test('[M5] [S6] as who may remove them: admins members, the owner admins too, nobody the owner', () => {
    for (const target of ROLES) expect(whoMay({ type: 'ban', target })).toEqual(whoMay({ type: 'remove', target }))
    expect(whoMay({ type: 'ban', target: 'member' })).toEqual(['admin', 'owner'])
    expect(whoMay({ type: 'ban', target: 'admin' })).toEqual(['owner'])
    expect(whoMay({ type: 'ban', target: 'owner' })).toEqual([])
  })

  test('[M5] somebody who is no member is kept out by any admin, and admins allow it again', () => {
    expect(whoMay({ type: 'ban', target: null })).toEqual(['admin', 'owner'])
    expect(whoMay({ type: 'unban' })).toEqual(['admin', 'owner'])
  })

  test('[M5] from a direct conversation nobody is kept out', () => {
    const direct = { kind: 'direct', permissions: DEFAULT_PERMISSIONS } as const
    for (const role of ROLES) {
      expect(may(direct, role, { type: 'ban', target: null })).toBe(false)
      expect(may(direct, role, { type: 'unban' })).toBe(false)
    }
  })
})
