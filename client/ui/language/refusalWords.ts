import type { Refusal } from '../../../shared/protocol/refusal.ts'
import type { Language } from './language.ts'

/**
 * Why something was refused. The server speaks English and says precisely what to do; in another language its code says
 * roughly the same, and a code of a newer server is better told in English than not at all.
 */
export function refusalWords({ code, words }: Pick<Refusal, 'code' | 'words'>, { name, t }: Pick<Language, 'name' | 't'>): string {
  return name === 'en' ? words : t(`refusals.${code}`, { defaultValue: words })
}
