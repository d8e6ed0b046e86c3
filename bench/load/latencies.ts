/** A histogram with fixed memory: a window may hold a million latencies and must not cost a sort. */
export class Latencies {
  readonly #buckets = new Uint32Array(BUCKETS + 1)
  #count = 0

  add(milliseconds: number): void {
    const bucket = Math.min(BUCKETS, Math.max(0, Math.floor(milliseconds / BUCKET_MS)))
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1
    this.#count += 1
  }

  /** Entries that never came count as later than any that did. */
  addLost(count: number): void {
    this.#buckets[BUCKETS] = (this.#buckets[BUCKETS] ?? 0) + count
    this.#count += count
  }

  /** Infinity when that share of the entries took longer than the histogram reaches. */
  percentile(share: number): number {
    let left = Math.ceil(this.#count * share)
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      left -= this.#buckets[bucket] ?? 0
      if (left <= 0) return (bucket + 0.5) * BUCKET_MS
    }
    return Infinity
  }
}

/** Fine enough for the fastest delivery on one machine. */
const BUCKET_MS = 0.02
const LONGEST_MS = 10_000
const BUCKETS = LONGEST_MS / BUCKET_MS
