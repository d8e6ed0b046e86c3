import { dictionary } from '@zxcvbn-ts/language-common'
import { expect, test } from 'vitest'
import { PASSWORD_MIN_CHARS } from '../../shared/limits.ts'
import { argon2Passwords, refuseWeakPassword } from './passwords.ts'

const refused = (password: string, handle = 'alice') => {
  try {
    refuseWeakPassword(password, handle)
    return false
  } catch {
    return true
  }
}

test('the passwords that everyone who guesses tries first are refused, in any case', () => {
  const long = dictionary['passwords-common'].map(String).filter((password) => password.length >= PASSWORD_MIN_CHARS)
  expect(long.length).toBeGreaterThan(3_000)
  expect(long.slice(0, 3_000).filter((password) => !refused(password))).toEqual([])
  expect(refused('PassWord1')).toBe(true)
})

test('so is the handle or the name of this program with little around it', () => {
  for (const password of ['margarethe', 'Margarethe7', 'parley12', 'Parley!!', 'my parley', 'parley.1']) expect([password, refused(password, 'margarethe')]).toEqual([password, true])
  for (const password of ['margarethe rides again', 'parley at the harbour']) expect([password, refused(password, 'margarethe')]).toEqual([password, false])
})

test('a password may be of any composition and is compared to the last letter', async () => {
  const passwords = ['        ', 'летний дождь', '🦆'.repeat(20), 'p'.repeat(255) + 'q']
  for (const password of passwords) {
    expect(refused(password)).toBe(false)
    const hash = await argon2Passwords.hash(password)
    expect(await argon2Passwords.verify(hash, password)).toBe(true)
    expect(await argon2Passwords.verify(hash, `${password.slice(0, -1)}x`)).toBe(false)
  }
})
