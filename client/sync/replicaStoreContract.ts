/* oxlint-disable max-lines-per-function -- one suite, read from top to bottom */
// The acceptance suite of the replica store port: every implementation runs it from a test file of a few lines.

import { describe, expect, onTestFinished, test } from 'vitest'
import type { ReplicaStore } from './replicaStore.ts'
import { AFTER_LAST_KEY, FIRST_KEY, prefixed } from './replicaStore.ts'

/** `reopen` gives a second life of the same data, after the first was closed; stores without one leave it out. */
export type Subject = { store: ReplicaStore; reopen?: () => Promise<ReplicaStore> }

export function replicaStoreContract(name: string, make: () => Promise<Subject>): void {
  const setup = async () => {
    const subject = await make()
    let open = subject.store
    onTestFinished(() => open.close())
    return {
      store: subject.store,
      reopen: subject.reopen && (async () => {
        await open.close()
        // Narrowed by the `&&` above.
        open = await (subject.reopen as () => Promise<ReplicaStore>)()
        return open
      }),
    }
  }

  describe(`replica store: ${name}`, () => {
    test('answers undefined for what was never put', async () => {
      const { store } = await setup()
      expect(await store.get('inbox', 'a')).toBeUndefined()
      expect(await store.range('inbox', FIRST_KEY, AFTER_LAST_KEY)).toEqual([])
    })

    test('gives back what was put, bytes and all, as a copy', async () => {
      const { store } = await setup()
      const value = { text: 'שלום 👋', list: [1, null, true], bytes: new Uint8Array([0, 255]) }
      await store.write([{ type: 'put', table: 'segments', key: 'a', value }], 'strict')
      value.list.push(2)
      const read = await store.get('segments', 'a')
      expect(read).toEqual({ text: 'שלום 👋', list: [1, null, true], bytes: new Uint8Array([0, 255]) })
      // The value just compared has this shape.
      ;(read as typeof value).list.push(3)
      expect(await store.get('segments', 'a')).toEqual({ text: 'שלום 👋', list: [1, null, true], bytes: new Uint8Array([0, 255]) })
    })

    test('lists a range in key order, from inclusive, to exclusive, up to a limit', async () => {
      const { store } = await setup()
      await store.write(['b', 'd', 'a', 'c', 'a/1'].map((key) => ({ type: 'put', table: 'entries', key, value: key })), 'relaxed')
      const keys = async (from: string, to: string, limit?: number) => (await store.range('entries', from, to, limit)).map((row) => row.key)
      expect(await keys('a', 'c')).toEqual(['a', 'a/1', 'b'])
      expect(await keys(FIRST_KEY, AFTER_LAST_KEY, 2)).toEqual(['a', 'a/1'])
      expect(await keys(prefixed('a').from, prefixed('a').to)).toEqual(['a', 'a/1'])
      expect(await keys('x', 'z')).toEqual([])
    })

    test('keeps tables apart', async () => {
      const { store } = await setup()
      await store.write([{ type: 'put', table: 'inbox', key: 'a', value: 1 }, { type: 'put', table: 'views', key: 'a', value: 2 }], 'relaxed')
      await store.write([{ type: 'deleteRange', table: 'inbox', from: FIRST_KEY, to: AFTER_LAST_KEY }], 'relaxed')
      expect(await store.get('inbox', 'a')).toBeUndefined()
      expect(await store.get('views', 'a')).toBe(2)
    })

    test('applies a batch in order: the last write of a key counts', async () => {
      const { store } = await setup()
      await store.write(
        [
          { type: 'put', table: 'outbox', key: 'a', value: 1 },
          { type: 'put', table: 'outbox', key: 'b', value: 1 },
          { type: 'deleteRange', table: 'outbox', from: 'a', to: 'b' },
          { type: 'put', table: 'outbox', key: 'c', value: 1 },
          { type: 'delete', table: 'outbox', key: 'c' },
          { type: 'put', table: 'outbox', key: 'b', value: 2 },
        ],
        'strict',
      )
      expect(await store.range('outbox', FIRST_KEY, AFTER_LAST_KEY)).toEqual([{ key: 'b', value: 2 }])
    })

    test('writes all of a batch or nothing', async () => {
      const { store } = await setup()
      const broken = store.write(
        [
          { type: 'put', table: 'outbox', key: 'a', value: 1 },
          { type: 'put', table: 'outbox', key: 'b', value: () => 'a function cannot be stored' },
        ],
        'strict',
      )
      await expect(broken).rejects.toThrow(/clone/)
      expect(await store.get('outbox', 'a')).toBeUndefined()
    })

    test('holds what was written after it is opened again', async () => {
      const { store, reopen } = await setup()
      if (reopen === undefined) return
      await store.write([{ type: 'put', table: 'outbox', key: 'a', value: { text: 'kept' } }], 'strict')
      const second = await reopen()
      expect(await second.get('outbox', 'a')).toEqual({ text: 'kept' })
    })
  })
}
