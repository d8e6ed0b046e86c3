// An export that cannot be imported at all. What is wrong with a part of it is a problem in the stream instead.

import { supportedFormats } from './formatName.ts'

export class ImportRefused extends Error {
  readonly kind: RefusalKind

  constructor(kind: RefusalKind, words: string) {
    super(words)
    this.name = 'ImportRefused'
    this.kind = kind
  }
}

export function unknownFormat(name: string): ImportRefused {
  return new ImportRefused('unknown-format', `${name} is none of the supported formats:\n${supportedFormats()}`)
}

export type RefusalKind =
  | 'not-found'
  | 'empty'
  | 'unknown-format'
  /** Not a zip, cut short, or encrypted. */
  | 'broken-archive'
  /** Paths that point outside the archive, or data that unfolds beyond reason. */
  | 'unsafe-archive'
  | 'unknown-zone'
