// Passwords: argon2id with the parameters OWASP recommends (19 MiB, two passes, one lane), and the rules for new ones.

import { hash, verify } from '@node-rs/argon2'
import { dictionary } from '@zxcvbn-ts/language-common'
import { refusedBecause } from '../../shared/protocol/refusalReasons.ts'

export type Passwords = {
  hash: (password: string) => Promise<string>
  /** Against `null`, for an account that does not exist or has no password, it does the same work and answers false. */
  verify: (passwordHash: string | null, password: string) => Promise<boolean>
}

export const argon2Passwords: Passwords = {
  hash: (password) => hash(normal(password), PARAMETERS),
  async verify(passwordHash, password) {
    const matches = await verify(passwordHash ?? NOBODYS_HASH, normal(password))
    return matches && passwordHash !== null
  },
}

/** Throws the refusal that a person reads; length is the schema's. */
export function refuseWeakPassword(password: string, handle: string): void {
  const folded = password.toLowerCase()
  if (hardlyMoreThan(folded, handle)) throw refusedBecause('password-is-handle')
  if (hardlyMoreThan(folded, PRODUCT)) throw refusedBecause('password-is-product')
  if (COMMON.has(folded)) {
    throw refusedBecause('password-is-common')
  }
}

const PRODUCT = 'parley'

/** A word with a digit or two behind it is the word. */
function hardlyMoreThan(password: string, word: string): boolean {
  return password.includes(word) && password.length < word.length + 4
}

/** The algorithm is Argon2id unless said otherwise; saying so takes an enum that isolated modules cannot read. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Of a random password that nobody kept, with PARAMETERS: what a sign-in to no account is compared with. */
export const NOBODYS_HASH = '$argon2id$v=19$m=19456,t=2,p=1$lduH/+R3jF+fBnB5miOBeA$zGBLVloXeZBdGbg/7QF6eOPyTJvNgptV7mnQPf9BSzI'

/** About 30,000 passwords seen most often in breaches. */
const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common'])

/** The same password typed on two keyboards may come in two spellings of one character. */
function normal(password: string): string {
  return password.normalize('NFKC')
}
