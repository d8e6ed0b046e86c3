/**
 * Yardstick: Hocuspocus as its guide sets it up, one document per room, stored by its SQLite extension
 * with the default debounce. It broadcasts first and stores seconds later, so it promises less than
 * a server that stores first: what it costs is the price of replication alone.
 */
import { SQLite } from '@hocuspocus/extension-sqlite'
import { Server } from '@hocuspocus/server'

const database = process.env['DATABASE']
if (database === undefined) throw new Error('DATABASE names the file to store in')

const server = new Server({
  port: Number(process.env['PORT']),
  address: '127.0.0.1',
  quiet: true,
  websocketOptions: { perMessageDeflate: false },
  extensions: [new SQLite({ database })],
  onAuthenticate: async ({ token }) => ({ member: token }),
})

await server.listen()
