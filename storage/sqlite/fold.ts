// How names are compared in a search: without case, accents and compatibility forms, so that "jose" finds "José".

export function fold(text: string): string {
  // Upper case first: it alone maps "ß" to "SS". A sigma at the end of a word has its own lower case.
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase().replaceAll('ς', 'σ').trim()
}

/** The name from each of its words on: "anna maria" is found by "ann", "mar" and "anna m". */
export function searchTerms(handle: string, name: string): string[] {
  const words = fold(name).split(/\s+/u)
  const starts = words.map((_, index) => words.slice(index).join(' '))
  return [...new Set([fold(handle), ...starts])].filter((term) => term !== '')
}
