// Why an act was not done, in words for whoever asked for it.

import { RefusedError } from '../../shared/protocol/refusal.ts'

export type RefusedAct = 'not-administrator' | 'unknown' | 'last-administrator' | 'placeholder' | 'blocked' | 'administrator'

export function refuseAct(outcome: 'done' | RefusedAct): void {
  if (outcome !== 'done') throw refusedAct(outcome)
}

export function refusedAct(why: RefusedAct): RefusedError {
  switch (why) {
    case 'not-administrator':
      return new RefusedError('forbidden', 'This is for administrators of this server.')
    case 'unknown':
      return new RefusedError('not-found', 'There is no such person here.')
    case 'last-administrator':
      return new RefusedError('taken', 'This is the only administrator. Make somebody else one first.')
    case 'placeholder':
      return new RefusedError('taken', 'Nobody has claimed this imported account yet, so nobody can sign in with it.')
    case 'blocked':
      return new RefusedError('taken', 'This person is blocked. Unblock them first.')
    case 'administrator':
      return new RefusedError('taken', 'An administrator cannot be blocked. Take the role away first.')
    default:
      return why satisfies never
  }
}
