// Chance, from a seed. Each source of chance in a world gets a stream of its own, so that adding a fault to a plan does
// not change what everything else draws.

import * as prng from 'lib0/prng'

export class Random {
  readonly #generator: prng.PRNG

  constructor(seed: number) {
    this.#generator = prng.create(seed)
  }

  /** lib0's generator takes 32 bits of seed. */
  fork(): Random {
    return new Random(prng.uint32(this.#generator, 1, 0xffff_ffff))
  }

  int(min: number, max: number): number {
    return prng.int32(this.#generator, min, max)
  }

  /** In [0, 1). */
  real(): number {
    return prng.real53(this.#generator)
  }

  chance(probability: number): boolean {
    return prng.real53(this.#generator) < probability
  }

  oneOf<T>(items: readonly T[]): T {
    const item = items[this.int(0, items.length - 1)]
    if (item === undefined) throw new Error('nothing to choose from')
    return item
  }

  /** Weights need not add up to anything. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
    // Object.entries forgets that the keys are the record's own.
    const entries = Object.entries(weights) as [T, number][]
    let left = prng.real53(this.#generator) * entries.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [name, weight] of entries) {
      left -= weight
      if (left < 0) return name
    }
    throw new Error('no weight is positive')
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return prng.uint8Array(this.#generator, length)
  }
}
