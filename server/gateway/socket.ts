// What the gateway needs of a connection: a pipe for messages in both directions. Two kinds exist: a WebSocket
// (webSocket.ts) and, in simulations, a pipe in memory.

export type ServerSocket = {
  readonly isOpen: boolean
  /** Bytes given to `send` that the other side has not taken yet. */
  readonly bufferedAmount: number
  /**
   * Strings travel as text frames, bytes as binary frames. Sending the very same object to many sockets in a row costs
   * its framing once. Does nothing when the socket is not open.
   */
  send(data: string | Uint8Array): void
  /** Says goodbye; a reader that does not answer is cut off. */
  close(code: number, reason: string): void
  /** Set once, before the first message arrives. */
  onMessage(listener: (data: string | Uint8Array) => void): void
  /** Called once, however the connection ends. */
  onClose(listener: () => void): void
}
