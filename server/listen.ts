import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StartError } from './startError.ts'

/** The port it got. */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  server.listen({ host, port })
  try {
    await once(server, 'listening')
  } catch (error) {
    throw inWords(error, host, port)
  }
  // An address of a TCP server, which this is, is no string and not null while it listens.
  return (server.address() as AddressInfo).port
}

function inWords(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} on ${host} is in use. Stop what uses it, or set PORT to another one.`, { cause: error })
    case 'EACCES':
      return new StartError(`This user may not listen on port ${port}. Set PORT to one above 1023.`, { cause: error })
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(`${host} is no address of this machine. Set HOST to one that is, like 127.0.0.1 or 0.0.0.0.`, { cause: error })
    default:
      return error
  }
}
