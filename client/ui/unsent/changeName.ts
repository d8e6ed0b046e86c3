import type { Change } from '../../sync/engine.ts'

/** What a person would call it. */
export type ChangeName = 'name' | 'status' | 'dnd' | 'privacy' | 'picture' | 'block' | 'unblock' | 'follow' | 'leave' | 'report'

export function changeName(change: Change): ChangeName {
  switch (change.type) {
    case 'profile': {
      const { name, status, dnd } = change.change
      if (name !== undefined) return 'name'
      if (status !== undefined) return 'status'
      return dnd === undefined ? 'privacy' : 'dnd'
    }
    case 'block':
      return change.on ? 'block' : 'unblock'
    case 'follow':
      return change.on ? 'follow' : 'leave'
    case 'picture':
    case 'report':
      return change.type
    default:
      return change satisfies never
  }
}

/** Whom it is about; null: nobody else. */
export function changeAbout(change: Change): Extract<Change, { type: 'block' }>['user'] | null {
  if (change.type === 'block') return change.user
  return change.type === 'report' ? change.report.about : null
}
