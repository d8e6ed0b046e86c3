import type { RefusalReason } from '../../../shared/protocol/refusalReasons.ts'
import { REFUSAL_VALUES } from '../../../shared/protocol/refusalValues.ts'
import type { Refusal } from '../../../shared/protocol/refusal.ts'
import type { Language } from './language.ts'

/**
 * Why something was refused. The server speaks English and says precisely what to do; in another language its code, and which
 * case of it this is, say roughly the same, and a code of a newer server is better told in English than not at all.
 */
export function refusalWords({ code, reason, words }: Pick<Refusal, 'code' | 'reason' | 'words'>, { name, t }: Pick<Language, 'name' | 't'>): string {
  if (name !== 'en' && reason !== undefined) {
    // Whichever a newer server knows besides is told in its words.
    return t(`reasons.${reason as RefusalReason}`, { ...REFUSAL_VALUES, defaultValue: words })
  }
  return name === 'en' ? words : t(`refusals.${code}`, { defaultValue: words })
}
