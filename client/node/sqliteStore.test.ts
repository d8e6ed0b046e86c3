import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { replicaStoreContract } from '../sync/replicaStoreContract.ts'
import { ReplicaInUseError, createSqliteStore } from './sqliteStore.ts'

function freshFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'replica-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'replica.db')
}

replicaStoreContract('SQLite', () => {
  const file = freshFile()
  return Promise.resolve({ store: createSqliteStore(file), reopen: () => Promise.resolve(createSqliteStore(file)) })
})

test('a file in use is refused in words', async () => {
  const file = freshFile()
  const first = createSqliteStore(file)
  expect(() => createSqliteStore(file)).toThrow(ReplicaInUseError)
  await first.close()
  await createSqliteStore(file).close()
})
