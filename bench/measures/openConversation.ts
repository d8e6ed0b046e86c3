import { ServerMessage } from '../../shared/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts'
import { ServerProcess } from '../host/serverProcess.ts'
import { WebSocketClient } from '../load/webSocketClient.ts'
import { seed } from '../targets/parley.ts'
import type { Target } from '../targets/target.ts'
import { median } from './median.ts'
import type { Measure, Reading } from './measure.ts'

/** From asking for a conversation to holding its last 50 entries: one round trip, whatever lies before them. */
export const openConversation: Measure = {
  name: 'open',
  targets: ['ours'],
  cases: ({ open }) =>
    open.histories.map((history) => ({
      title: `${history.toLocaleString('en')} entries`,
      headline: { figure: 'warm ms', better: 'less' },
      run: (target) => run(target, history, open.repeats),
    })),
}

const run = async (target: Target, history: number, repeats: number): Promise<Reading> => {
  const server = await ServerProcess.start(target)
  const { rooms, people } = await seed(server.port, { rooms: [{ room: 'room', members: ['alice', 'bob'], history }] })
  const [room, alice] = [rooms[0], people[0]]
  if (room === undefined || alice === undefined) throw new Error('nothing was seeded')
  const device = await Device.connect(server.port, alice.token)
  const first = await device.open(room.id)
  const warm: number[] = []
  while (warm.length < repeats) warm.push((await device.open(room.id)).milliseconds)
  device.close()
  await server.stop()
  return { figures: { 'first ms': first.milliseconds, 'warm ms': median(warm), bytes: first.bytes }, marks: [`${first.entries} entries`] }
}

class Device {
  #client!: WebSocketClient // set in `connect`, before anything else happens
  #received: (payload: Buffer) => void = () => {}

  static async connect(port: number, token: string): Promise<Device> {
    const device = new Device()
    device.#client = await WebSocketClient.open(
      { port, path: '/sync' },
      { text: (payload) => device.#received(payload), binary: () => {}, closed: () => {} },
    )
    await device.#ask({ type: 'hello', version: PROTOCOL_VERSION, token })
    return device
  }

  async open(conversation: string): Promise<{ milliseconds: number; bytes: number; entries: number }> {
    const started = performance.now()
    const { bytes, message } = await this.#ask({ type: 'open', ref: 1, conversation })
    if (message.type !== 'opened') throw new Error(`asked to open, got ${message.type}`)
    return { milliseconds: performance.now() - started, bytes, entries: message.paint.tail.length }
  }

  close(): void {
    this.#client.close()
  }

  #ask(message: object): Promise<{ bytes: number; message: ServerMessage }> {
    return new Promise((done) => {
      this.#received = (payload) => done({ bytes: payload.length, message: ServerMessage.parse(JSON.parse(payload.toString())) })
      this.#client.sendText(JSON.stringify(message))
    })
  }
}
