import { expect, test } from 'vitest'
import { SOCKETS_PER_ADDRESS, SOCKETS_PER_ADDRESS_UNAUTHENTICATED } from '../../shared/limits.ts'
import { Addresses } from './addresses.ts'

const OFFICE = '192.0.2.1'
const HOME = '192.0.2.2'

test('an address holds so many connections of nobody; who signs in or goes makes room', () => {
  const addresses = new Addresses<number>()
  const knock = (from: string, number: number) => addresses.admit(from, number, false)
  for (let number = 0; number < SOCKETS_PER_ADDRESS_UNAUTHENTICATED; number += 1) expect(knock(OFFICE, number)).toBe(true)
  expect(knock(OFFICE, -1)).toBe(false)
  expect(knock(HOME, -2)).toBe(true)
  expect(addresses.admit(OFFICE, -3, true)).toBe(true)
  addresses.signedIn(OFFICE, 0)
  expect(knock(OFFICE, -4)).toBe(true)
  expect(knock(OFFICE, -5)).toBe(false)
  addresses.release(OFFICE, 1)
  expect(knock(OFFICE, -6)).toBe(true)
})

test('and so many altogether; one that was not admitted and goes makes no room', () => {
  const addresses = new Addresses<number>()
  for (let number = 0; number < SOCKETS_PER_ADDRESS; number += 1) expect(addresses.admit(OFFICE, number, true)).toBe(true)
  for (const signedIn of [true, false]) {
    expect(addresses.admit(OFFICE, -1, signedIn)).toBe(false)
    addresses.release(OFFICE, -1)
  }
  expect(addresses.admit(HOME, -2, false)).toBe(true)
  addresses.release(OFFICE, 7)
  expect(addresses.admit(OFFICE, -3, true)).toBe(true)
})
