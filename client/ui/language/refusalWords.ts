import type { Refusal } from '../../../shared/protocol/refusal.ts'
import type { Language } from './language.ts'

/**
 * Why something was refused. The server speaks English and says precisely what to do; in another language its code, and which
 * case of it this is, say roughly the same, and a code of a newer server is better told in English than not at all.
 */
export function refusalWords({ code, reason, words }: Pick<Refusal, 'code' | 'reason' | 'words'>, { name, t }: Pick<Language, 'name' | 't'>): string {
  if (name !== 'en' && reason !== undefined) return t(`reasons.${reason}`, { defaultValue: words })
  return name === 'en' ? words : t(`refusals.${code}`, { defaultValue: words })
}
