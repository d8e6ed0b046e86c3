// Tokens and claim codes are random, at least 160 bits, so one round of SHA-256 is enough: nobody can guess them, and who
// reads the database cannot use what it holds. Passwords are not random: they go through passwords.ts.

import { createHash } from 'node:crypto'

export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
