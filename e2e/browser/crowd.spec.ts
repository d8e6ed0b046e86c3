// A group too large for the replica to hold its members: they come from the server, a page at a time.

import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { v7 as uuid } from 'uuid'
import { RECEIPTS_MAX_MEMBERS } from '../../shared/limits.ts'
import { ServerProcess } from '../crash/serverProcess.ts'
import { test as base } from './test.ts'

const IMPORT = resolve(import.meta.dirname, '../../server/cli/import.ts')
/** Imported rather than signed up: that many passwords take a minute to hash. */
const CROWD = Array.from({ length: RECEIPTS_MAX_MEMBERS + 20 }, (_, index) => ({ type: 'person', id: uuid(), handle: `guest-${index}`, name: `Guest ${index}`, placeholder: true }))

const test = base.extend<object, { server: ServerProcess }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are needed.
    async ({}, use) => {
      const server = await ServerProcess.create()
      const lines = `${server.dataDir}.jsonl`
      await writeFile(lines, [{ parley: 1 }, ...CROWD].map((line) => `${JSON.stringify(line)}\n`).join(''))
      await promisify(execFile)(process.execPath, [IMPORT, lines], { env: { ...process.env, DATA_DIR: server.dataDir } })
      await rm(lines)
      await server.start()
      await use(server)
      await server.remove()
    },
    { scope: 'worker' },
  ],
})

test('the members of a large group are listed page by page, and managed', async ({ people }) => {
  const [alice, bob, carol] = await Promise.all([people.signUp('Alice'), people.signUp('Bob'), people.signUp('Carol')])
  await alice.tab.createGroup('Town', [bob.person, carol.person])
  const everybody = CROWD.length + 3
  await alice.addMembers(CROWD.map(({ id }) => id))
  await expect(alice.tab.heading).toContainText(`${everybody} members`)
  const details = await alice.tab.openDetails()
  const members = details.getByRole('region', { name: /members$/ }).getByRole('listitem')
  await expect(members).toHaveCount(100)
  await details.getByRole('button', { name: 'Show more members' }).click()
  await expect(members).toHaveCount(200)
  await details.getByRole('button', { name: 'Show more members' }).click()
  await expect(members).toHaveCount(everybody)
  await expect(details.getByRole('button', { name: 'Show more members' })).toHaveCount(0)

  await details.getByRole('button', { name: 'Options for Bob' }).click()
  await alice.page.getByRole('menuitem', { name: 'Make admin' }).click()
  await expect(members.filter({ hasText: 'Bob' })).toContainText('Admin')
  await details.getByRole('button', { name: 'Options for Guest 7', exact: true }).click()
  await alice.page.getByRole('menuitem', { name: 'Remove from group' }).click()
  await expect(members).toHaveCount(everybody - 1)
  await expect(members.filter({ has: alice.page.getByText('@guest-7 ·') })).toHaveCount(0)
  await alice.page.getByRole('button', { name: 'Undo' }).click()
  await expect(members).toHaveCount(everybody)

  await bob.tab.open('Town')
  await bob.tab.write('so many people')
  await expect(alice.tab.entry('so many people')).toBeVisible()

  // How many have read it, where who they are is not told.
  const info = bob.page.getByRole('dialog', { name: 'Message info' })
  await expect(async () => {
    await bob.tab.action('so many people', 'Info')
    await expect(info.getByRole('definition')).toHaveCount(3)
    const [read = 0, delivered = 0, waiting = 0] = (await info.getByRole('definition').allTextContents()).map(Number)
    await bob.page.keyboard.press('Escape')
    expect(read).toBe(1)
    expect(read + delivered + waiting).toBe(everybody - 1)
  }).toPass()

  await alice.goOffline()
  await expect(details.getByText('Members can be changed when there is a connection.')).toBeVisible()
  await expect(members).toHaveCount(everybody)
})
