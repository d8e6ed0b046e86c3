import type { Language } from '../language/language.ts'

/** Why an invite or a link lets nobody in any more; null: it does. */
export function whyOver({ revokedAt, uses, maxUses, expiresAt }: Counted, now: number, { t }: Pick<Language, 't'>): string | null {
  if (revokedAt !== null) return t('admin.revoked')
  if (uses >= maxUses) return t('admin.usedUp')
  return expiresAt <= now ? t('admin.expired') : null
}

type Counted = { revokedAt: number | null; uses: number; maxUses: number; expiresAt: number }
