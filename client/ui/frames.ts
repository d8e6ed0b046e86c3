// When what changes by itself is drawn: once a frame however often it changes, and all of it in the same frame. While
// somebody types, only every few frames: the others are for their letters.

import type { Readable } from '../sync/engine.ts'

const due = new Set<() => void>()
let frame: number | null = null
let timer: number | null = null
let drawnAt = 0
let typedAt = -Infinity

/** As `subscribe` of the readable, at the pace of the screen. */
export function subscribeFrames<T>(readable: Readable<T>, listener: () => void): () => void {
  const stop = readable.subscribe(() => {
    due.add(listener)
    plan()
  })
  return () => {
    stop()
    due.delete(listener)
  }
}

function plan(): void {
  if (frame !== null) return
  const now = performance.now()
  const wait = now - typedAt < TYPING_PAUSE_MS ? Math.max(drawnAt + BESIDE_TYPING_MS, typedAt + LETTER_MS) - now : 0
  if (timer !== null) clearTimeout(timer)
  // A page that nobody sees has no frames, but it has a title with a count.
  timer = wait > 0 || document.hidden ? window.setTimeout(draw, wait) : null
  if (timer === null) frame = requestAnimationFrame(draw)
}

function draw(): void {
  frame = null
  timer = null
  drawnAt = performance.now()
  const listeners = [...due]
  due.clear()
  for (const listener of listeners) listener()
}

window.addEventListener(
  'keydown',
  ({ key, target }) => {
    // Enter sends: what comes of it is drawn at once.
    typedAt = key !== 'Enter' && target instanceof HTMLTextAreaElement ? performance.now() : -Infinity
    if (timer !== null) plan()
  },
  { capture: true },
)

document.addEventListener('visibilitychange', () => {
  if (frame === null) return
  cancelAnimationFrame(frame)
  draw()
})

/** As often as a reader can follow. */
const BESIDE_TYPING_MS = 160
/** Until a letter is on screen. Shorter than between two of a key that is held down, so that something else is drawn as well. */
const LETTER_MS = 24
/** Longer than between two letters of who writes slowly. */
const TYPING_PAUSE_MS = 500
