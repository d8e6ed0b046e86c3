// A name of the other direction inside a sentence would drag the punctuation around it to the wrong side. Isolates keep it
// to itself. Names of the sentence's own direction are left as they are: copied text carries no signs that nobody sees.

export function isolated(value: string, direction: 'ltr' | 'rtl'): string {
  const [letter] = /\p{L}/u.exec(value) ?? []
  if (letter === undefined || RTL.test(letter) === (direction === 'rtl')) return value
  return `${FIRST_STRONG_ISOLATE}${value}${POP_ISOLATE}`
}

const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u
const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'
