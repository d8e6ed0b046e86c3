import { expect, test } from 'vitest'
import { alice, bob, lunch, newEntry, stored } from './people.testing.ts'
import { aliceReplica } from './replica.testing.ts'

test('[E1] an entry is pending when the outbox holds it durably, not before', async () => {
  const { replica, disk } = aliceReplica()
  const added = replica.outbox.add(lunch, alice, newEntry(1))
  await turns()
  expect(replica.outbox.of(lunch)).toEqual([])
  expect(replica.outbox.state.get()).toEqual({ pending: 0, refused: 0 })
  disk.resolve()
  await added
  expect(replica.outbox.of(lunch)).toMatchObject([{ entry: newEntry(1), state: { state: 'pending' } }])
  expect(replica.outbox.state.get()).toEqual({ pending: 1, refused: 0 })
})

test('[E1] what the device could not keep is never shown, and whoever wrote it is told', async () => {
  const { replica, disk } = aliceReplica()
  const added = replica.outbox.add(lunch, alice, newEntry(1))
  disk.reject(new Error('The disk is full.'))
  await expect(added).rejects.toThrow('The disk is full.')
  expect(replica.outbox.of(lunch)).toEqual([])
})

test('[R3] delivered is raised when the entry is durable on the device, not before; own entries raise nothing', async () => {
  const { replica, disk } = aliceReplica()
  const ingested = replica.ingest(lunch, [stored(newEntry(1), 1, bob), stored(newEntry(2), 2, alice)])
  await turns()
  expect(replica.registers.of(lunch).delivered).toBe(0)
  disk.resolve()
  await ingested
  expect(replica.registers.of(lunch)).toEqual({ delivered: 1, read: 0 })
})

test('[R3] an entry that the device could not keep is not delivered', async () => {
  const { replica, disk } = aliceReplica()
  const ingested = replica.ingest(lunch, [stored(newEntry(1), 1, bob)])
  disk.reject(new Error('The disk is full.'))
  await expect(ingested).rejects.toThrow('The disk is full.')
  expect(replica.registers.of(lunch).delivered).toBe(0)
})

/** Everything that waits for nothing but promises has happened. */
function turns(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5))
}
