import type { Language } from '../language/language.ts'

/** Who and when; nobody is named where it was resolved on the command line. */
export function resolvedWords(t: Language['t'], name: string | null, moment: string): string {
  return name === null ? t('reports.resolvedAt', { moment }) : t('reports.resolvedBy', { name, moment })
}
