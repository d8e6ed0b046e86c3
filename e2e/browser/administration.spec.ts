import { expect } from '@playwright/test'
import { ServerProcess } from '../crash/serverProcess.ts'
import { People } from './people.ts'
import { test } from './test.ts'

const REFUSED = /status of 4\d\d/
/** What a browser says of a socket that is closed, or refused, because its session ended. */
const SOCKET_ENDED = /WebSocket connection to .* failed/

test('[S9] [S10] [S11] the first account invites a second person, and blocks them: their device is signed out', async ({ browser }) => {
  // Its own: only on an empty server is anybody the first.
  const server = await ServerProcess.create()
  await server.start()
  const people = new People(browser, server.origin)
  try {
    const alice = await people.signUp('Alice')
    await openAdministration(alice)
    await expect(alice.page.getByRole('list', { name: 'People' }).getByRole('listitem')).toContainText('Administrator')

    await alice.page.getByRole('button', { name: 'Registration' }).click()
    await alice.page.getByRole('radio', { name: 'With an invite' }).check()
    await expect(alice.page.getByText('Registration changed')).toBeVisible()
    await alice.page.getByRole('button', { name: 'New invite' }).click()
    await alice.page.getByLabel('Note').fill('for Bob')
    await alice.page.getByRole('button', { name: 'Make invite' }).click()
    const code = (await alice.page.getByLabel('Invite code').textContent()) ?? ''

    const bob = await people.device(people.invent('Bob'))
    bob.forgive(REFUSED, SOCKET_ENDED)
    const { page, person } = bob
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByLabel('Username').fill(person.handle)
    await page.getByLabel('Your name').fill(person.name)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await expect(page.getByLabel('Invite code')).toBeVisible()
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.getByRole('alert')).toContainText('need an invite')
    await page.getByLabel('Invite code').fill(code)
    await page.getByRole('button', { name: 'Create account' }).click()
    await bob.tab.isSignedIn()
    // Nobody sees the entry before the server has said who is one.
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/api/account'))
    const settings = await bob.tab.openSettings('Devices')
    await answered
    await expect(settings.getByText('This device', { exact: true })).toBeVisible()
    await expect(settings.getByRole('button', { name: 'Administration' })).toBeHidden()
    await page.keyboard.press('Escape')

    await alice.page.getByRole('button', { name: 'People' }).click()
    await alice.page.getByLabel('Find people by name or username').fill(person.handle)
    await alice.page.getByRole('button', { name: 'Options for Bob' }).click()
    await alice.page.getByRole('menuitem', { name: 'Block' }).click()
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Block' }).click()
    await bob.tab.isSignedOut()
    await bob.trySignIn(person.password)
    await expect(page.getByRole('alert')).toContainText('This account is blocked.')

    await alice.page.getByRole('button', { name: 'Audit log' }).click()
    await expect(alice.page.getByRole('list', { name: 'Audit log' }).getByRole('listitem').first()).toContainText('blocked Bob')
    expect(people.complaints).toEqual([])
  } finally {
    await people.close()
    await server.remove()
  }
})

async function openAdministration({ tab, page }: Awaited<ReturnType<People['signUp']>>): Promise<void> {
  const settings = await tab.openSettings()
  await settings.getByRole('button', { name: 'Administration' }).click()
  await expect(page.getByRole('heading', { name: 'Administration' })).toBeVisible()
}
