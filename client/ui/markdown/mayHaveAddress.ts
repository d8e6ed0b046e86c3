// To know all the names that an address may end in takes a long list. Most messages have none, and never wait for it.

/** False only for a text in which `partsOf` would find no link. */
export function mayHaveAddress(text: string): boolean {
  return ADDRESS.test(text)
}

/** A dot, a colon or an at sign within a word; and the one name without any. */
const ADDRESS = /\S[.:@]\S|localhost/iu
