// Markdown between two people: one writes it, the other sees it drawn. The test function fails on any dialog, page error or
// line on the console, so whatever ran, loaded or broke the content security policy would show.

import { expect } from '@playwright/test'
import type { Device } from './device.ts'
import type { People } from './people.ts'
import { test } from './test.ts'

const CODE = 'const answer: number = 42 // always\nif (answer < 50) { console.log("<script>alert(1)</script>") }'

async function talk(people: People): Promise<[alice: Device, bob: Device]> {
  const [alice, bob] = await Promise.all([people.signUp('Alice'), people.signUp('Bob')])
  await alice.tab.startDirect(bob.person)
  await send(alice, 'hello')
  await bob.tab.open('Alice')
  return [alice, bob]
}

async function send({ tab }: Device, text: string): Promise<void> {
  await tab.composer.fill(text)
  await tab.composer.press('Enter')
}

test('what one writes in Markdown, the other sees drawn', async ({ people }) => {
  const [alice, bob] = await talk(people)
  await bob.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const last = bob.tab.messages.getByRole('article').last()

  await send(alice, '**bold**, _italic_, ~~gone~~ and `code`\nnext line')
  await expect(last.getByRole('strong')).toHaveText('bold')
  await expect(last.getByRole('emphasis')).toHaveText('italic')
  await expect(last.getByRole('deletion')).toHaveText('gone')
  await expect(bob.tab.texts.last()).toHaveText('bold, italic, gone and code\nnext line', { useInnerText: true })
  await expect(bob.tab.row('Alice')).toContainText('bold, italic, gone and code next line')

  await send(alice, '# Plan\n\n> quoted\n\n- [x] tent\n- [ ] lights\n\n1. one\n2. two')
  await expect(last.getByRole('heading', { name: 'Plan' })).toBeVisible()
  await expect(last.getByRole('blockquote')).toHaveText('quoted')
  await expect(last.getByRole('checkbox', { name: 'Done' })).toBeChecked()
  await expect(last.getByRole('checkbox', { name: 'To do' })).toBeDisabled()
  await expect(last.getByRole('listitem').last()).toHaveText('two')

  await send(alice, '| stall | kW |\n|---|--:|\n| tea | 3 |\n| lights | 1 |')
  await expect(last.getByRole('region', { name: 'Table' }).getByRole('row')).toHaveText(['stallkW', 'tea3', 'lights1'])

  await send(alice, `\`\`\`ts\n${CODE}\n\`\`\``)
  const block = last.getByRole('region', { name: 'Code, ts' })
  await expect(block).toHaveText(CODE)
  await expect(block.locator('.hljs-keyword').first()).toHaveText('const')
  // By the keyboard alone: what scrolls and what copies can both be reached.
  await last.getByRole('button', { name: 'Copy code' }).focus()
  await bob.page.keyboard.press('Enter')
  await expect(last.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached()
  expect(await bob.page.evaluate(() => navigator.clipboard.readText())).toBe(CODE)
  await bob.page.keyboard.press('Tab')
  await expect(block).toBeFocused()

  await send(alice, 'it was ||the butler||')
  await expect(last.getByText('the butler')).toBeHidden()
  await expect(bob.tab.row('Alice')).not.toContainText('butler')
  await last.getByRole('button', { name: 'Spoiler, show it' }).focus()
  await bob.page.keyboard.press('Enter')
  await expect(last.getByText('the butler')).toBeVisible()
  expect(await bob.tab.overflow()).toBe(0)
})

test('nothing in it runs, loads or leads astray', async ({ people }) => {
  const [alice, bob] = await talk(people)
  const asked: string[] = []
  bob.context.on('request', (request) => {
    if (!request.url().startsWith(new URL(bob.page.url()).origin)) asked.push(request.url())
  })
  const evil = [
    '**x** <img src=x onerror=alert(1)><script>alert(2)</script>',
    '[press](javascript:alert(3)) <javascript:alert(4)> [press](data:text/html,<script>alert(5)</script>)',
    '[&colon; &copy;](javascript&colon;alert(6)) `x`',
    '```"><script>alert(7)</script>\n</code></pre><script>alert(8)</script>\n```',
    '![a cat](https://tracker.example/pixel.png)',
    '[https://bank.example](https://evil.example/login)',
    `${'> '.repeat(900)}deep`,
    `|a|b|\n|-|-|\n${'|<b onclick=alert(9)>|x|\n'.repeat(60)}`,
  ]
  for (const text of evil) await send(alice, text)
  await expect(bob.tab.messages.getByRole('region', { name: 'Table' })).toBeVisible()
  await expect(bob.tab.messages.getByRole('link', { name: 'a cat' })).toHaveAttribute('href', 'https://tracker.example/pixel.png')
  const bank = bob.tab.messages.getByRole('link', { name: 'https://bank.example (evil.example)' })
  await expect(bank).toHaveAttribute('rel', 'noopener noreferrer nofollow')
  await expect(bank).toHaveAttribute('referrerpolicy', 'no-referrer')
  await expect(bank).toHaveAttribute('target', '_blank')
  expect(await bob.tab.messages.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
    'https://tracker.example/pixel.png',
    'https://evil.example/login',
  ])
  await expect(bob.page.locator('img, iframe, script:not([src])')).toHaveCount(0)
  await expect(bob.tab.messages.getByText('[press](javascript:alert(3))')).toBeAttached()
  expect(await bob.tab.overflow()).toBe(0)
  expect(asked).toEqual([])
})

test('shortcodes are completed by keys, and marks are set by keys', async ({ people }) => {
  const [alice, bob] = await talk(people)
  const { page, tab } = alice
  const list = page.getByRole('listbox', { name: 'Emoji' })
  const active = async () => page.locator(`[id="${(await tab.composer.getAttribute('aria-activedescendant')) ?? ''}"]`)

  await tab.composer.pressSequentially('party :tad')
  await expect(list.getByRole('option').first()).toHaveText('🎉:tada:')
  await expect(await active()).toHaveText('🎉:tada:')
  await page.keyboard.press('Enter')
  await expect(tab.composer).toHaveValue('party 🎉 ')
  await expect(list).toBeHidden()

  await tab.composer.pressSequentially(':heart')
  await expect(list.getByRole('option', { selected: true })).toHaveText('❤️:heart:')
  await page.keyboard.press('ArrowDown')
  const second = list.getByRole('option').nth(1)
  await expect(second).toHaveAttribute('aria-selected', 'true')
  await expect(tab.composer).toHaveAttribute('aria-activedescendant', (await second.getAttribute('id')) ?? '')
  await page.keyboard.press('ArrowUp')
  await expect(list.getByRole('option', { selected: true })).toHaveText('❤️:heart:')
  await page.keyboard.press('Tab')
  await expect(tab.composer).toHaveValue('party 🎉 ❤️ ')
  await expect(tab.composer).toBeFocused()

  // Esc closes the list, keeps what was typed, and the list stays away from this word.
  await tab.composer.pressSequentially(':smi')
  await expect(list).toBeVisible()
  await page.keyboard.press('Escape')
  await tab.composer.pressSequentially('l')
  await expect(list).toBeHidden()
  await expect(tab.composer).toHaveValue('party 🎉 ❤️ :smil')
  await expect(tab.heading).toContainText('Bob')

  await tab.composer.fill('')
  await tab.composer.pressSequentially(':) :rocket:')
  await expect(tab.composer).toHaveValue(':) 🚀')
  await page.keyboard.press('Control+z')
  await expect(tab.composer).toHaveValue(':) :rocket:')

  await tab.composer.fill('big news')
  await tab.composer.press('Control+a')
  await tab.composer.press('Control+b')
  await expect(tab.composer).toHaveValue('**big news**')
  await tab.composer.press('Control+b')
  await tab.composer.press('Control+Shift+x')
  await expect(tab.composer).toHaveValue('~~big news~~')
  await tab.composer.press('Control+z')
  await expect(tab.composer).toHaveValue('big news')
  await tab.composer.press('Control+a')
  await alice.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(() => navigator.clipboard.writeText('https://example.org/news'))
  await tab.composer.press('Control+v')
  await expect(tab.composer).toHaveValue('[big news](https://example.org/news)')
  await tab.composer.press('Enter')
  await expect(bob.tab.messages.getByRole('link', { name: 'big news' })).toHaveAttribute('href', 'https://example.org/news')
})
