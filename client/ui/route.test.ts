import { describe, expect, it } from 'vitest'
import { ConversationId, EntryId } from '../../shared/ids.ts'
import type { Route } from './route.ts'
import { formatRoute, parseRoute } from './route.ts'

const conversation = ConversationId.parse('01932d3e-5b1a-7c4e-8f00-1234567890ab')

describe('the address', () => {
  const routes: Route[] = [
    { conversation: null, panel: null },
    { conversation, panel: null },
    { conversation, panel: 'details' },
    { conversation, panel: 'threads' },
    { conversation, panel: null, thread: EntryId.parse('01932d3e-0000-7000-8000-000000000002') },
    { conversation, panel: null, entry: EntryId.parse('01932d3e-0000-7000-8000-000000000003') },
    { conversation, panel: null, thread: EntryId.parse('01932d3e-0000-7000-8000-000000000002'), entry: EntryId.parse('01932d3e-0000-7000-8000-000000000003') },
    { conversation, panel: 'settings' },
    { conversation, panel: 'settings', section: 'privacy' },
    { conversation: null, panel: 'settings', section: 'data' },
    { conversation: null, panel: 'new' },
    { conversation: null, panel: 'admin' },
    { conversation: null, panel: 'join', code: 'hX2m_Pq7-kV0sLw9ZbT4yN' },
  ]
  it.each(routes)('brings back %j', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route)
  })

  it.each(['', '#', '#/c/', '#/c/not-an-id', '#/c/../../etc', '#/details', '#/nonsense/x', '#/join', '#/join/', '#/join/a%20b'])('takes %j as the list', (hash) => {
    expect(parseRoute(hash)).toEqual({ conversation: null, panel: null })
  })

  it('takes a part of the settings that does not exist as the settings', () => {
    expect(parseRoute('#/settings/nonsense')).toEqual({ conversation: null, panel: 'settings' })
  })
})
