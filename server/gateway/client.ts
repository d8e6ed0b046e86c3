// One connection as the gateway sees it: its socket, whose it is, and what it has on screen.

import type { ConversationId, UserId } from '../../shared/ids.ts'
import { SEND_BUFFER_MAX_BYTES } from '../../shared/limits.ts'
import type { ServerMessage } from '../../shared/protocol/messages.ts'
import { CLOSE } from '../../shared/protocol/messages.ts'
import type { Session } from '../auth/auth.ts'
import type { ServerSocket } from './socket.ts'

export class Client {
  readonly socket: ServerSocket
  readonly connectedAt: number
  readonly #ended: (client: Client) => void
  session: Session | null
  /** Whom it counts for among the addresses; null where there is no network. */
  address: string | null = null
  /** To ask again now and then whether the session still holds. */
  token: string | null = null
  validatedAt: number
  /** Under which its frames are counted. */
  readonly rateKey: string
  phase: Phase = 'silent'
  /** What came before `welcome` was sent; looked at after it. */
  held: (string | Uint8Array)[] = []
  receivedBytes = 0
  /** Made when needed: most connections have little on screen, and 2,000 idle ones should cost little. */
  onScreen: Set<ConversationId> | null = null
  /** On their way to the screen. */
  openings: Set<Opening> | null = null
  watching: Set<UserId> | null = null
  /** Nobody is at this device. */
  away = false

  /** `ended` is called once: when we close the connection, without waiting for the other side, or when it is gone. */
  constructor(socket: ServerSocket, session: Session | null, connectedAt: number, rateKey: string, ended: (client: Client) => void) {
    this.socket = socket
    this.rateKey = rateKey
    this.session = session
    this.connectedAt = connectedAt
    this.validatedAt = connectedAt
    this.#ended = ended
  }

  /** Text frames go only to those who said hello: a stock Hocuspocus provider would take them for documents. */
  tell(message: ServerMessage): void {
    this.tellJson(JSON.stringify(message))
  }

  /** The same, encoded already: one string for many clients. */
  tellJson(json: string): void {
    if (this.phase === 'welcomed') this.send(json)
  }

  send(data: string | Uint8Array): void {
    if (this.phase === 'closed') return
    if (this.socket.bufferedAmount > SEND_BUFFER_MAX_BYTES) {
      this.close(CLOSE.slowReader, 'Too much was waiting to be read.')
      return
    }
    this.socket.send(data)
  }

  close(code: number, reason: string): void {
    if (this.phase === 'closed') return
    this.socket.close(code, reason)
    this.gone()
  }

  gone(): void {
    if (this.phase === 'closed') return
    this.phase = 'closed'
    this.#ended(this)
  }
}

/** `ended`: closed again, or its person was removed, before it was there. */
export type Opening = { readonly conversation: ConversationId; ended: boolean }

/** `silent`: no hello yet, which is how stock providers stay. `greeting`: the hello is being checked. */
type Phase = 'silent' | 'greeting' | 'welcomed' | 'closed'
