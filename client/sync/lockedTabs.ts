// Tabs coordinated by Web Locks and a BroadcastChannel. A lock is freed by the browser however its tab ends, so a
// crashed leader hands over just like a closed one, and nobody has to guess from silence who is alive.

import type { TabCoordinator } from './tabs.ts'

export function createLockedTabs(scope: { name: string; tab: string; locks: LockManager; channel: BroadcastChannel; report: (error: unknown) => void }): TabCoordinator {
  const { name, tab, locks, channel, report } = scope
  const closed = new AbortController()
  const held: (() => void)[] = []

  hold(`${name}-tab-${tab}`, () => undefined)

  return {
    tab,
    lead: (onLeader) => hold(`${name}-leader`, onLeader),
    // A channel has no target origin; that is for windows.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    post: (note) => channel.postMessage(note),
    subscribe(listener) {
      const receive = (event: MessageEvent<unknown>) => listener(event.data)
      channel.addEventListener('message', receive)
      return () => channel.removeEventListener('message', receive)
    },
    onGone(other, listener) {
      locks.request(`${name}-tab-${other}`, { signal: closed.signal, mode: 'shared' }, listener).catch(unlessClosed)
    },
    close() {
      closed.abort()
      for (const release of held) release()
      channel.close()
    },
  }

  function hold(lock: string, granted: () => void): void {
    locks
      .request(lock, { signal: closed.signal }, () => {
        granted()
        return new Promise<void>((release) => held.push(release))
      })
      .catch(unlessClosed)
  }

  function unlessClosed(error: unknown): void {
    if (!closed.signal.aborted) report(error)
  }
}
