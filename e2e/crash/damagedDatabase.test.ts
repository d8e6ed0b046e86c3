import { closeSync, cpSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { prepareDataDir } from '../../server/dataDir.ts'
import { createGroup, signUp } from './people.ts'
import { ServerProcess } from './serverProcess.ts'

let server: ServerProcess
let file: string
let sound: string

beforeAll(async () => {
  server = await ServerProcess.create()
  await server.start()
  const people = await Promise.all(Array.from({ length: 4 }, (_, index) => signUp(server.origin, `person-${index}`)))
  const [alice, ...others] = people
  if (alice === undefined) throw new Error('four were signed up')
  await createGroup(server.origin, alice, others, 'room')
  // In good order, so that everything is in the one file.
  await server.terminate()
  file = prepareDataDir(server.dataDir)
  sound = `${server.dataDir}.sound`
  cpSync(server.dataDir, sound, { recursive: true })
}, 60_000)

beforeEach(() => {
  rmSync(server.dataDir, { recursive: true })
  cpSync(sound, server.dataDir, { recursive: true })
})

afterAll(async () => {
  await server.remove()
  rmSync(sound, { recursive: true })
})

const damages: Record<string, () => void> = {
  'a header that was overwritten': () => overwrite(0, 100),
  'pages that were overwritten': () => overwrite(4_096, statSync(file).size - 4_096),
  'an end that is missing': () => truncateSync(file, Math.floor(statSync(file).size / 2 / 4_096) * 4_096),
  'nothing left in it': () => truncateSync(file, 0),
  'another kind of file in its place': () => writeFileSync(file, 'Dear diary, '.repeat(1_000)),
}

for (const [damage, make] of Object.entries(damages)) {
  test(`[P4] a database with ${damage} is not started from, and the words say what to do`, async () => {
    make()
    const before = readFileSync(file)
    expect(await server.startAndExit()).toBe(1)
    expect(server.words).toMatch(/damaged/)
    expect(server.words).toMatch(/backup/)
    expect(server.words).toContain(file)
    expect(server.words).not.toMatch(/^\s+at /m)
    // What can be rescued from it still can.
    expect(readFileSync(file).equals(before)).toBe(true)
  })
}

function overwrite(from: number, length: number): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, new Uint8Array(length).fill(0xa5), 0, length, from)
  closeSync(handle)
}
