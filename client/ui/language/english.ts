import type { en } from './en.ts'
import type { enLater } from './enLater.ts'

/** All words, whichever file they come with. */
export type English = typeof en & typeof enLater
