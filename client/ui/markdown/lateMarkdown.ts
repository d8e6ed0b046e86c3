import { late } from './late.ts'

/** The parser and what draws its tree. */
export const lateMarkdown = late(async () => (await import('./Markdown.tsx')).drawMarkdown)

/** What finds addresses in plain words. Without it they stand there as they were typed. */
export const lateAddresses = late(async () => (await import('./addresses.ts')).partsOf)

/** Before the first message needs it, but after everything that the first screen needs. */
export function loadMarkdownWhenIdle(): void {
  // Safari has no idle time to give.
  if ('requestIdleCallback' in window) window.requestIdleCallback(loadMarkdown, { timeout: IDLE_MAX_MS })
  else setTimeout(loadMarkdown, IDLE_MAX_MS)
}

function loadMarkdown(): void {
  void lateAddresses.want()
  void lateMarkdown.want()
}

const IDLE_MAX_MS = 3_000
