import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openImport } from './openImport.ts'
import { readSlackText } from './slackText.ts'
import { collect, diskExport } from './testing/memoryExport.ts'
import { zipBytes } from './testing/zipBytes.ts'

const users = [
  { id: 'U1', name: 'alice', profile: { display_name: 'Alice', real_name: 'Alice A.' } },
  { id: 'U2', name: 'bob', profile: { display_name: '', real_name: 'Bob' } },
  { id: 'U3', name: 'carol', profile: {} },
]

function workspace(days: Record<string, unknown>): Record<string, string> {
  const files = {
    'users.json': users,
    'channels.json': [{ id: 'C1', name: 'general', members: ['U1', 'U2'] }, { id: 'C2', name: 'silent' }],
    'dms.json': [{ id: 'D1', members: ['U1', 'U2'] }],
    ...days,
  }
  return Object.fromEntries(Object.entries(files).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]))
}

function said(user: string, ts: string, text: string, more: Record<string, unknown> = {}) {
  return { type: 'message', user, ts, text, ...more }
}

const DAYS = {
  'general/2020-01-02.json': [said('U2', '1577959200.000100', 'yes', { thread_ts: '1577872800.000200' })],
  'general/2020-01-01.json': [
    said('U1', '1577872801.000300', 'second &amp; &lt;last&gt;'),
    said('U1', '1577872800.000200', 'hi <@U2>', { thread_ts: '1577872800.000200' }),
  ],
  'D1/2020-01-01.json': [said('U2', '1577872800.000100', 'psst')],
}

async function readFolder(files: Record<string, string>) {
  const source = await openImport(diskExport(files))
  expect(source.format).toBe('slack')
  return collect(source.records())
}

describe('Slack exports', () => {
  test('a folder: days in order, threads, direct conversations; a channel where nothing was said is passed over', async () => {
    const { conversations, entries, problems } = await readFolder(workspace(DAYS))
    expect(problems).toEqual([])
    expect(conversations).toEqual([
      { key: 'C1', name: 'general', kind: 'group' },
      { key: 'D1', name: 'Alice, Bob', kind: 'direct' },
    ])
    expect(entries).toEqual([
      { conversation: 'C1', key: '1577872800.000200', author: { key: 'U1', name: 'Alice' }, at: 1_577_872_800_000, text: 'hi @Bob' },
      { conversation: 'C1', key: '1577872801.000300', author: { key: 'U1', name: 'Alice' }, at: 1_577_872_801_000, text: 'second & <last>' },
      {
        conversation: 'C1',
        key: '1577959200.000100',
        author: { key: 'U2', name: 'Bob' },
        at: 1_577_959_200_000,
        text: 'yes',
        replyTo: '1577872800.000200',
      },
      { conversation: 'D1', key: '1577872800.000100', author: { key: 'U2', name: 'Bob' }, at: 1_577_872_800_000, text: 'psst' },
    ])
  })

  test('a zip says the same as its folder, also with a folder around it', async () => {
    const files = workspace(DAYS)
    const wrapped = Object.fromEntries(Object.entries(files).map(([name, text]) => [`Acme export/${name}`, text]))
    const root = diskExport({ 'plain.zip': zipBytes(files), 'wrapped.zip': zipBytes(wrapped) })
    const folder = await readFolder(files)
    for (const name of ['plain.zip', 'wrapped.zip']) {
      const source = await openImport(join(root, name))
      expect(await collect(source.records())).toEqual(folder)
      source.close()
    }
  })

  test('joins are notices, /me is an action, bots have names, files say what they are', async () => {
    const { entries, problems } = await readFolder(
      workspace({
        'general/2020-01-01.json': [
          said('U3', '1.1', '<@U3> has joined the channel', { subtype: 'channel_join' }),
          said('U1', '2.1', 'waves', { subtype: 'me_message' }),
          { type: 'message', subtype: 'bot_message', bot_id: 'B1', username: 'deploy', ts: '3.1', text: '', attachments: [{ fallback: 'v1 is <https://a.b|out>' }] },
          said('U1', '4.1', '', { files: [{ name: 'cat.png' }, { id: 'F2', mode: 'tombstone' }] }),
          said('W9', '5.1', 'from outside', { user_profile: { real_name: 'Dora' } }),
        ],
      }),
    )
    expect(problems).toEqual([])
    expect(entries.map(({ author, text, style, attachments }) => [author.name, text, style, attachments])).toEqual([
      ['carol', '@carol has joined the channel', 'notice', undefined],
      ['Alice', 'waves', 'action', undefined],
      ['deploy', 'v1 is out (https://a.b)', undefined, undefined],
      ['Alice', 'cat.png', undefined, ['cat.png']],
      ['Dora', 'from outside', undefined, undefined],
    ])
  })

  test('a broken day, a strange message and a list that is cut are reported, the rest goes on', async () => {
    const { entries, problems } = await readFolder({
      ...workspace({ 'general/2020-01-01.json': '[{"type":"mess', 'general/2020-01-02.json': [{ type: 'message' }, said('U1', '2.1', 'two')] }),
      'users.json': JSON.stringify(users).slice(0, 120),
    })
    expect(entries.map((entry) => [entry.author.name, entry.text])).toEqual([['Alice', 'two']])
    expect(problems.map(({ file, line }) => [file, line])).toEqual([
      ['users.json', 1],
      ['general/2020-01-01.json', 1],
      ['general/2020-01-02.json', 1],
    ])
  })

  test.each([
    ['<@U1> <@U9|zoe> <@U8>', '@Alice @zoe @U8'],
    ['<#C1|general> <#C1>', '#general #general'],
    ['<!here> <!subteam^S1|@ops> <!date^1577872800^{date}|Jan 1>', '@here @ops Jan 1'],
    ['<https://a.b/c?x=1&amp;y=2> <http://a.b|a.b> <https://a.b|the docs> <mailto:a@b.c|a@b.c>', 'https://a.b/c?x=1&y=2 http://a.b the docs (https://a.b) a@b.c'],
    ['a &lt;@U1&gt; b &amp;lt; c <', 'a <@U1> b &lt; c <'],
  ])('mrkdwn %s', (text, expected) => {
    expect(readSlackText(text, new Map([['U1', 'Alice'], ['C1', 'general']]))).toBe(expected)
  })
})
