// The replica store port: what a device keeps. Tables of values in key order, written in atomic batches; that is all the
// engine needs, and all that memory, IndexedDB and SQLite have in common. `replicaStoreContract` is the acceptance suite
// that each implementation passes. What the values are is said by records.ts.

export const TABLES = ['profile', 'inbox', 'views', 'people', 'entries', 'segments', 'annotations', 'outbox', 'registers', 'personal', 'changes'] as const
export type Table = (typeof TABLES)[number]

export type ReplicaStore = {
  /** A copy of the value, or undefined. */
  get(table: Table, key: string): Promise<unknown>
  /** Values with from ≤ key < to, in order of UTF-16 code units; all keys are ASCII, so every store agrees. */
  range(table: Table, from: string, to: string, limit?: number): Promise<StoredValue[]>
  /**
   * All or nothing, in order. Resolves when the batch survives a crash of this process; `strict`, when it also survives
   * a power cut, as far as the device allows.
   */
  write(batch: readonly StoreWrite[], durability: Durability): Promise<void>
  close(): Promise<void>
}

export type Durability = 'strict' | 'relaxed'

export type StoredValue = { key: string; value: unknown }

/** Values are what structured clone takes: JSON and Uint8Array. */
export type StoreWrite =
  | { type: 'put'; table: Table; key: string; value: unknown }
  | { type: 'delete'; table: Table; key: string }
  /** from ≤ key < to */
  | { type: 'deleteRange'; table: Table; from: string; to: string }

/** Bounds that hold every key: keys are printable ASCII. */
export const FIRST_KEY = ''
export const AFTER_LAST_KEY = '\u007f'

/** All keys that start with `prefix`. */
export function prefixed(prefix: string): { from: string; to: string } {
  return { from: prefix, to: prefix + AFTER_LAST_KEY }
}
