// What every import format is turned into: one neutral stream, in the order things happened, that the append path can
// be fed with. A parser knows nothing of the database and holds a record at a time, never the export.
//
//   conversation ─ entry ─ entry ─ problem ─ entry ─ conversation ─ entry …
//
// A conversation comes before its entries; its entries come oldest first. Conversations may interleave, so an entry
// names the one it belongs to.

import type { FormatName } from './formatName.ts'

/** Whoever opened it closes it; `records()` may be called again before that and tells the same. */
export type ImportSource = {
  format: FormatName
  records(): AsyncIterable<ImportRecord>
  close(): void
}

export type ImportRecord =
  | { type: 'conversation'; conversation: ImportedConversation }
  | { type: 'entry'; conversation: string; entry: ImportedEntry }
  | ImportProblem

/** Something in the export could not be read and was left out; the rest goes on. */
export type ImportProblem = {
  type: 'problem'
  file: string
  /** From 1, as editors count; 0 when the whole file is meant. */
  line: number
  words: string
}

export type ImportedConversation = { key: string; name: string; kind: 'group' | 'direct' }

export type ImportedEntry = {
  /** Unique in its conversation and the same in every run, so that a repeated import derives the same id. */
  key: string
  author: ImportedAuthor
  /** Milliseconds since 1970-01-01 UTC. */
  at: number
  /** Never empty, well-formed Unicode, line breaks as \n. May be longer than a message is allowed to be. */
  text: string
  /** `action`: "/me waves", without the name. `notice`: a whole sentence nobody typed, with the names in it. */
  style?: 'action' | 'notice'
  /** The key this one answers. The original may lie outside the export, so it need not resolve. */
  replyTo?: string
  /** Names of files the source says were sent with it. The files themselves are not imported. */
  attachments?: readonly string[]
}

/** The key is what the source tells people apart by: an id where there is one, else the name. */
export type ImportedAuthor = { key: string; name: string }

export type ImportOptions = {
  /** IANA zone of the wall-clock times in exports that do not say (IRC, WhatsApp, old Telegram). */
  zone: string
  /** Overrules what the dates of a WhatsApp export suggest. */
  dateOrder?: DateOrder
  /** How much of all there is to read has been read, from 0 to 1. */
  onRead?: (part: number) => void
}

export type DateOrder = 'dmy' | 'mdy' | 'ymd'

export const DEFAULT_OPTIONS: ImportOptions = { zone: 'utc' }
