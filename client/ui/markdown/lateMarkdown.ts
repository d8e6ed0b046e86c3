import { late } from './late.ts'

/** The parser and what draws its tree. */
export const lateMarkdown = late(async () => (await import('./Markdown.tsx')).drawMarkdown)

/** Before the first message needs it, but after everything that the first screen needs. */
export function loadMarkdownWhenIdle(): void {
  // Safari has no idle time to give.
  if ('requestIdleCallback' in window) window.requestIdleCallback(() => void lateMarkdown.want(), { timeout: IDLE_MAX_MS })
  else setTimeout(() => void lateMarkdown.want(), IDLE_MAX_MS)
}

const IDLE_MAX_MS = 3_000
