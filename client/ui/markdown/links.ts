// Where a link leads, and whether it says so.

/** Links lead out, never into a script or another program: null for all but web pages and mailboxes. */
export function safeHref(href: string): string | null {
  if (!URL.canParse(href)) return null
  return SAFE_PROTOCOLS.has(new URL(href).protocol) ? href : null
}

/** Of an address that was typed between parentheses, where people leave the beginning out. */
export function typedHref(address: string): string | null {
  return HOST_FIRST.test(address) ? safeHref(`https://${address}`) : safeHref(address)
}

/**
 * Where the link really leads, if its words name another place. "https://bank.example" over a link to elsewhere is the
 * oldest trick there is; letters that only look like others betray themselves in the ASCII form of the host, which is told
 * also where the words name that very place.
 */
export function disguised(label: string, href: string): string | null {
  const target = new URL(href)
  const isMail = target.protocol === 'mailto:'
  const real = isMail ? target.pathname : target.host
  const known = isMail ? (target.pathname.split('@').at(-1) ?? '') : target.hostname
  if (isLookalike(href)) return real
  const named = placesIn(label, isMail)
  return named.every((place) => bare(place) === bare(known)) ? null : real
}

/** The hosts that words name, as a browser would read them. */
function placesIn(label: string, isMail: boolean): string[] {
  const visible = label.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '').replace(/[。．｡]/gu, '.')
  return visible.split(/\s+/u).flatMap((word) => {
    // What follows a slash names a file, what stands before an at sign of a mailbox a person.
    const authority = word.replace(/^[a-z][a-z\d+.-]*:[/\\]*/iu, '').split(/[/?#\\]/u)[0] ?? ''
    const relevant = isMail ? (authority.split('@').at(-1) ?? '') : authority
    return relevant.match(HOST) ?? []
  })
}

/** Is a part of the host written with letters of two scripts, or with such alone as are taken for Latin ones? Under their own endings those are at home. */
function isLookalike(href: string): boolean {
  const host = /^(?:https?:[/\\]*|mailto:)(?:[^/?#\\]*@)?([^/?#\\:]*)/iu.exec(href.normalize('NFKC'))?.[1]?.toLowerCase() ?? ''
  const labels = host.split('.')
  const isLatinEnding = /^[a-z\d-]+$/u.test(labels.at(-1) ?? '')
  return labels.some((label) => KIN_OF_LATIN.test(label) && (LATIN.test(label) || (isLatinEnding && LOOKALIKES.test(label))))
}

function bare(host: string): string {
  const ascii = URL.canParse(`https://${host}`) ? new URL(`https://${host}`).hostname : host
  return ascii.replace(/^www\./u, '')
}

const SAFE_PROTOCOLS = new Set(['https:', 'http:', 'mailto:'])
const HOST = /(?:\d{1,3}\.){3}\d{1,3}|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:\p{L}{2,}|xn--[a-z\d-]+)/giu
const LATIN = /\p{Script=Latin}/u
const KIN_OF_LATIN = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u
/** Cyrillic and Greek letters that most typefaces draw like Latin ones. */
const LOOKALIKES = /^[асԁеһіјӏорԛѕԝхуъьҽпгѵѡкмтвнαεικνορτυχωօսյհոց\d-]+$/u
const HOST_FIRST = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:[/?#:]|$)/u
