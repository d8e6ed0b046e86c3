// Why an act was not done, in words for whoever asked for it.

import type { RefusedError } from '../../shared/protocol/refusal.ts'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'

export type RefusedAct = 'not-administrator' | 'unknown' | 'last-administrator' | 'placeholder' | 'blocked' | 'administrator'

export function refuseAct(outcome: 'done' | RefusedAct): void {
  if (outcome !== 'done') throw refusedAct(outcome)
}

export function refusedAct(why: RefusedAct): RefusedError {
  switch (why) {
    case 'not-administrator':
      return refusedBecause('for-administrators')
    case 'unknown':
      return refusedBecause('no-such-person')
    case 'last-administrator':
      return refusedBecause('only-administrator')
    case 'placeholder':
      return refusedBecause('unclaimed')
    case 'blocked':
      return refusedBecause('person-is-blocked')
    case 'administrator':
      return refusedBecause('is-administrator')
    default:
      return why satisfies never
  }
}
