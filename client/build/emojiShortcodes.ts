import emoji from 'emojibase-data/en/data.json' with { type: 'json' }
import cldr from 'emojibase-data/en/shortcodes/emojibase.json' with { type: 'json' }
import github from 'emojibase-data/en/shortcodes/github.json' with { type: 'json' }
import type { Plugin } from 'vite'

/**
 * `:smile:` and what it stands for, as the module `virtual:emoji-shortcodes`: GitHub's names, which most programs share, then
 * emojibase's for what GitHub has no name for. Made when the app is built, so that a key struck offline finds them, too.
 */
export function emojiShortcodes(): Plugin {
  return {
    name: 'parley:emoji-shortcodes',
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    load: (id) => (id === RESOLVED ? `export const shortcodes = JSON.parse(${JSON.stringify(JSON.stringify(shortcodes()))})` : null),
  }
}

/** In the order of the picker: faces first. */
function shortcodes(): [code: string, emoji: string][] {
  const named = emoji.filter(({ order }) => order !== undefined).toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0))
  return named.flatMap(({ hexcode, emoji: character }) => codesOf(hexcode).map((code): [string, string] => [code, character]))
}

function codesOf(hexcode: string): readonly string[] {
  const codes = namesIn(github, hexcode) ?? namesIn(cldr, hexcode) ?? []
  return typeof codes === 'string' ? [codes] : codes
}

function namesIn(names: Readonly<Record<string, string | string[]>>, hexcode: string): string | string[] | undefined {
  return names[hexcode]
}

const NAME = 'virtual:emoji-shortcodes'
const RESOLVED = `\0${NAME}`
