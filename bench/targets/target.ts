/**
 * What the bench can measure: how to start its server, and how a load client speaks to it.
 *
 * The exchange: the harness starts the server, opens a load with the plan of all rooms (a target that
 * has accounts makes them here), joins every member and only then sends. A delivery is one entry that
 * reaches one member other than its sender. The target hands over every frame that carries entries,
 * whole and undecoded; the harness finds the entries by the stamps in their texts. A frame may carry
 * several entries and may also go to the sender.
 */
export type Target = {
  readonly name: TargetName
  server(port: number, dataFolder: string): { script: string; env: Record<string, string> }
  openLoad(port: number, plan: RoomPlan[]): Promise<Load>
}

export type Load = {
  /** Resolves when the member is signed in and would receive the next entry. */
  join(room: string, member: string, received: (frame: Buffer) => void): Promise<Seat>
  close(): void
}

/** One member on one connection. */
export type Seat = {
  send(id: string, text: string): void
  close(): void
}

export type RoomPlan = { readonly room: string; readonly members: readonly string[] }

export const targetNames = ['ours', 'socketio', 'hocuspocus'] as const
export type TargetName = (typeof targetNames)[number]
