// How often somebody may try. Three counters on a sign-in, each against another attacker:
//   address             one machine that tries many accounts
//   account             many machines that try one account
//   account + address   one machine that tries one account; the tightest, so that a stranger's tries elsewhere do not
//                       lock the owner out before they would have to be many
// A try is counted before the password is looked at, so that a thousand at once are no way around, and given back when
// it succeeds. Handles that nobody has count like any other. In memory: a restart forgives.

import { RateLimiterMemory } from 'rate-limiter-flexible'
import { consume } from '../consume.ts'
import { addressGroup } from './addressGroup.ts'

export type Throttle = {
  /** Throws 'rate-limited'. The function it resolves with gives the try back after a success. */
  signIn(account: string, address: string): Promise<() => Promise<void>>
  signUp(address: string): Promise<void>
}

export const SIGN_IN_TRIES = {
  accountAndAddress: { points: 10, duration: 15 * 60 },
  account: { points: 100, duration: 60 * 60 },
  address: { points: 50, duration: 15 * 60 },
} as const

export function createThrottle(settings: { signUpsPerHour: number }): Throttle {
  const both = new RateLimiterMemory(SIGN_IN_TRIES.accountAndAddress)
  const account = new RateLimiterMemory(SIGN_IN_TRIES.account)
  const address = new RateLimiterMemory(SIGN_IN_TRIES.address)
  const signUps = new RateLimiterMemory({ points: settings.signUpsPerHour, duration: 60 * 60 })

  return {
    async signIn(who, from) {
      const group = addressGroup(from)
      const pair = `${who} ${group}`
      await consume(address, group, TOO_MANY_TRIES)
      await consume(both, pair, TOO_MANY_TRIES)
      await consume(account, who, TOO_MANY_TRIES)
      return async () => {
        await Promise.all([both.delete(pair), account.reward(who), address.reward(group)])
      }
    },
    signUp: (from) => consume(signUps, addressGroup(from), 'too-many-accounts'),
  }
}

const TOO_MANY_TRIES = 'too-many-tries'
