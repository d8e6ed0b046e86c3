// The part of a timeline that the list holds. Browsers cut an element off at some ten to thirty million pixels, which a
// conversation of several hundred thousand entries is higher than; so a long one is a window, moved before its reader
// reaches an edge.

/** Where the window around an entry begins. */
export function windowAround(index: number, length: number): number {
  // Room to grow at the end: what arrives must not move the window each time.
  return Math.max(0, Math.min(index - WINDOW_ENTRIES / 2, length - (WINDOW_ENTRIES * 2) / 3))
}

/** Where it ends, exclusive. */
export function windowEnd(from: number, length: number): number {
  return Math.min(length, from + WINDOW_ENTRIES)
}

export function isInWindow(index: number, from: number, length: number): boolean {
  return index >= from && index < windowEnd(from, length)
}

/** Is what is in view so close to an edge that does not end the timeline that the window has to move? */
export function nearsEdge({ first, last }: { first: number; last: number }, from: number, length: number): boolean {
  const end = windowEnd(from, length)
  return (from > 0 && first - from < EDGE_ENTRIES) || (end < length && end - last < EDGE_ENTRIES)
}

/** Some ten million pixels of ordinary messages; a whole number of thirds and halves. */
const WINDOW_ENTRIES = 150_000
/** More than a fast wheel passes in a frame. */
const EDGE_ENTRIES = 300
