import 'fake-indexeddb/auto'
import { createIndexedDbStore } from './indexedDbStore.ts'
import { replicaStoreContract } from './replicaStoreContract.ts'

let databases = 0

replicaStoreContract('IndexedDB', async () => {
  const name = `replica-${databases++}`
  return { store: await createIndexedDbStore(name), reopen: () => createIndexedDbStore(name) }
})
