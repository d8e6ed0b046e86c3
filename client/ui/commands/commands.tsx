// Everything the shell does at a key or from the switcher. The keyboard, the switcher and the sheet of shortcuts all read
// this one list, so none of them can promise what another does not do.

import type { ReactNode } from 'react'
import type { Engine } from '../../sync/engine.ts'
import type { en } from '../language/en.ts'
import { ArchiveIcon, ChannelIcon, DarkIcon, DetailsIcon, KeyboardIcon, MarkReadIcon, NewIcon, SaveIcon, SettingsIcon } from '../parts/Icon.tsx'
import type { Panel, Route } from '../route.ts'
import { toggleAppearance } from '../settings/appearance.ts'
import { archive } from '../inbox/archive.tsx'
import { ONE_PANE } from '../useMedia.ts'
import { navigate } from '../useRoute.ts'
import { focusSearch } from './focusSearch.ts'
import type { Keys } from './keys.ts'
import { parseKeys } from './keys.ts'
import { markEverythingRead } from './markEverythingRead.ts'
import { neighbour } from './neighbour.ts'

export type Command = {
  /** Its words stand under this name, in each language. */
  name: CommandName
  keys: Keys | null
  /** Stands in the switcher; what has no icon is only struck. */
  icon: ReactNode
  /** Can it do anything here? If not, its keys are left to others. */
  applies: (route: Route) => boolean
  run: (context: CommandContext) => void
}

export type CommandName = keyof typeof en.commands
export type CommandContext = { engine: Engine; route: Route }

export const COMMANDS: readonly Command[] = [
  keyed('Mod+K', 'switcher', openPanel('switcher')),
  keyed('/', 'search', focusSearch),
  keyed('Alt+ArrowDown', 'nextUnread', go(1, 'unread')),
  keyed('Alt+ArrowUp', 'previousUnread', go(-1, 'unread')),
  keyed('Alt+Shift+ArrowDown', 'next', go(1, 'any')),
  keyed('Alt+Shift+ArrowUp', 'previous', go(-1, 'any')),
  {
    ...keyed('Escape', 'close', ({ route: { conversation, panel, thread } }) => {
      if (panel === null && thread === undefined) navigate({ conversation: null, panel: null })
      else navigate({ conversation, panel: null }, 'replace')
    }),
    applies: ({ conversation, panel, thread }) => panel !== null || thread !== undefined || (conversation !== null && window.matchMedia(ONE_PANE).matches),
  },
  offered('start', <NewIcon />, openPanel('new')),
  offered('channels', <ChannelIcon />, openPanel('channels')),
  offered('markRead', <MarkReadIcon />, ({ engine }) => void markEverythingRead(engine)),
  { ...offered('details', <DetailsIcon />, openPanel('details')), applies: ({ conversation }) => conversation !== null },
  { ...offered('archive', <ArchiveIcon />, archiveOpen), applies: ({ conversation }) => conversation !== null },
  offered('saved', <SaveIcon />, openPanel('saved')),
  offered('theme', <DarkIcon />, () => {
    toggleAppearance(document.documentElement, localStorage)
  }),
  offered('settings', <SettingsIcon />, openPanel('settings')),
  { ...keyed('?', 'sheet', openPanel('shortcuts')), icon: <KeyboardIcon /> },
]

function keyed(keys: string, name: CommandName, run: Command['run']): Command {
  return { name, keys: parseKeys(keys), icon: null, applies: () => true, run }
}

function offered(name: CommandName, icon: ReactNode, run: Command['run']): Command {
  return { name, keys: null, icon, applies: () => true, run }
}

/** Out of the list, or back into it if it was out. */
function archiveOpen({ engine, route: { conversation } }: CommandContext): void {
  const row = engine.inbox.get().rows.find((other) => other.conversation === conversation)
  if (row !== undefined) archive(engine, row)
  navigate({ conversation, panel: null }, 'replace')
}

/** From one panel to another is no step that Back should take again. */
function openPanel(panel: Panel): Command['run'] {
  return ({ route }) => {
    navigate({ conversation: route.conversation, panel }, route.panel === null ? 'push' : 'replace')
  }
}

function go(step: -1 | 1, which: 'any' | 'unread'): Command['run'] {
  return ({ engine, route }) => {
    const conversation = neighbour(engine.inbox.get().rows.filter((row) => !row.archived), route.conversation, step, which)
    if (conversation !== null) navigate({ conversation, panel: null })
  }
}
