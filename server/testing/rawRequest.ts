// Bytes as they are: what fetch would tidy up before sending.

import { connect } from 'node:net'
import { onTestFinished } from 'vitest'

/** All the server says until it closes the connection. */
export function rawRequest(port: number, bytes: string): Promise<string> {
  const { socket, closed } = rawConnection(port)
  socket.write(bytes)
  return closed
}

export function rawConnection(port: number) {
  const socket = connect({ host: '127.0.0.1', port })
  onTestFinished(() => void socket.destroy())
  const closed = new Promise<string>((resolve) => {
    let text = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => (text += chunk))
    // A reset is one way to close; what was said before it counts.
    socket.on('error', () => resolve(text))
    socket.on('close', () => resolve(text))
  })
  return { socket, closed }
}
