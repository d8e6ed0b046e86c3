import { createMemoryStore } from './memoryStore.ts'
import { replicaStoreContract } from './replicaStoreContract.ts'

replicaStoreContract('memory', () => Promise.resolve({ store: createMemoryStore() }))
