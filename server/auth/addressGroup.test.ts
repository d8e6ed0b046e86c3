import { expect, test } from 'vitest'
import { addressGroup } from './addressGroup.ts'

test('an IPv4 address stands for itself, however it is written', () => {
  expect(addressGroup('192.0.2.1')).toBe('192.0.2.1')
  expect(addressGroup('::ffff:192.0.2.1')).toBe('192.0.2.1')
})

test('the addresses of one IPv6 customer are one', () => {
  expect(addressGroup('2001:db8:1:2::1')).toBe(addressGroup('2001:db8:1:2:ffff:ffff:ffff:ffff'))
  expect(addressGroup('2001:db8:1:2::1')).not.toBe(addressGroup('2001:db8:1:3::1'))
})

test('what is no address counts as one sender', () => {
  expect(addressGroup('unix:')).toBe(addressGroup('<script>'))
})
