// The test function of every browser test: people with devices, against the real server in its own process. A test ends
// well only if no page complained on its console, opened a dialog or was stopped by the content security policy, and the
// server logged no error.

import { expect, test as base } from '@playwright/test'
import { ServerProcess } from '../crash/serverProcess.ts'
import { People } from './people.ts'

export const test = base.extend<{ people: People }, { server: ServerProcess }>({
  // One for all tests of a worker: people of different tests never meet.
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are needed.
    async ({}, use) => {
      const server = await ServerProcess.create()
      await server.start()
      await use(server)
      await server.remove()
    },
    { scope: 'worker' },
  ],
  people: async ({ browser, server }, use) => {
    const people = new People(browser, server.origin)
    await use(people)
    await people.close()
    expect(people.complaints, 'what pages complained about').toEqual([])
    expect(errorsIn(server.words), 'errors the server logged').toEqual([])
  },
})

/** Lines of the server's log at level error or above. */
function errorsIn(log: string): string[] {
  return log.split('\n').filter((line) => /"level":[56]0/.test(line))
}
