// Numbers that stand in the words themselves, as the reader's region writes them: 8 is ٨ in Egypt, as it is in every count
// and time beside it. What is filled in later is written by Intl.

export function inDigitsOf(locale: string, words: object): object {
  const numbers = new Intl.NumberFormat(locale)
  if (numbers.format(0) === '0') return words
  const digits = Array.from({ length: 10 }, (_, digit) => numbers.format(digit))
  const write = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(/\d/g, (digit) => digits[Number(digit)] ?? digit)
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, write(inner)])) : value
  }
  return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, write(value)]))
}
