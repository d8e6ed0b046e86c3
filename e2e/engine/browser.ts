// A browser of one person: tabs that share a database, locks and a channel.

import 'fake-indexeddb/auto'
import { v7 as uuidv7 } from 'uuid'
import { expect } from 'vitest'
import { createIndexedDbStore } from '../../client/sync/indexedDbStore.ts'
import { createLockedTabs } from '../../client/sync/lockedTabs.ts'
import type { TabCoordinator } from '../../client/sync/tabs.ts'
import { Network } from './network.ts'
import type { Device, Town } from './town.ts'

/** Each call opens a tab. `kill` ends one as a crash does: nothing is said or written. */
export function browser(town: Town, handle: string) {
  const name = `parley-${uuidv7()}`
  return async (): Promise<Device & { kill: () => void }> => {
    const tabs = createLockedTabs({ name, tab: uuidv7(), locks: navigator.locks, channel: new BroadcastChannel(name), report: (error) => expect.fail(String(error)) })
    const store = await createIndexedDbStore(name)
    const network = new Network()
    let dead = false
    const mortal: TabCoordinator = { ...tabs, post: (note) => (dead ? undefined : tabs.post(note)) }
    const device = await town.device(handle, { store, tabs: mortal, network, isDead: () => dead })
    return {
      ...device,
      kill() {
        dead = true
        network.cut()
        void store.close()
        tabs.close()
      },
    }
  }
}
