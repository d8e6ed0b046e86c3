// Tabs of one browser share the store; one of them, the leader, holds the socket. They tell each other facts (facts.ts).
// A program in Node is always its own leader.

export type TabCoordinator = {
  /** Names this tab among the living. */
  readonly tab: string
  /** Calls back when this tab becomes the leader, at most once; it stays so until it closes or dies. */
  lead(onLeader: () => void): void
  /** To all other tabs. */
  post(note: unknown): void
  subscribe(listener: (note: unknown) => void): () => void
  /** Calls back once when another tab closed or died. */
  onGone(tab: string, listener: () => void): void
  close(): void
}

export function soloTab(): TabCoordinator {
  return {
    tab: 'solo',
    lead: (onLeader) => onLeader(),
    post: () => undefined,
    subscribe: () => () => undefined,
    onGone: () => undefined,
    close: () => undefined,
  }
}
