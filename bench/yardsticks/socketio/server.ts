/**
 * Yardstick: the room server that everybody writes first, made safe. A message is inserted and
 * flushed to disk before anyone sees it; then the room gets it and the author an acknowledgement.
 */
import Database from 'better-sqlite3'
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const database = new Database(process.env['DATABASE'])
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
database.exec('CREATE TABLE message (seq INTEGER PRIMARY KEY, room TEXT, id TEXT, author TEXT, at INTEGER, text TEXT)')
const insert = database.prepare('INSERT INTO message (room, id, author, at, text) VALUES (?, ?, ?, ?, ?)')

const http = createServer()
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false })

io.on('connection', (socket) => {
  socket.on('join', async (room: string, done: () => void) => {
    await socket.join(room)
    done()
  })
  socket.on('entry', (room: string, entry: Entry, done: (seq: number) => void) => {
    const { lastInsertRowid } = insert.run(room, entry.id, entry.author, entry.at, entry.text)
    const seq = Number(lastInsertRowid)
    socket.to(room).emit('entry', { seq, ...entry })
    done(seq)
  })
})

http.listen(Number(process.env['PORT']), '127.0.0.1')

type Entry = { id: string; author: string; at: number; text: string }
