// Slack's mrkdwn keeps people, channels and addresses in angle brackets, and escapes & < > everywhere else:
//
//   <@U123> <@U123|alice> <#C1|general> <!here> <!subteam^S1|@ops> <!date^…|May 1> <https://a.b|label> <mailto:…|…>

import { tidyText } from './tidyText.ts'

export function readSlackText(text: string, names: ReadonlyMap<string, string>): string {
  // Brackets first: an escaped "&lt;@U1&gt;" is text somebody typed, not a mention.
  const pieces = text.split(/(<[^<>\n]+>)/)
  return tidyText(pieces.map((piece, index) => unescape(index % 2 === 1 ? readBracket(piece.slice(1, -1), names) : piece)).join(''))
}

function readBracket(inside: string, names: ReadonlyMap<string, string>): string {
  const bar = inside.indexOf('|')
  const target = bar === -1 ? inside : inside.slice(0, bar)
  const label = bar === -1 ? '' : inside.slice(bar + 1)
  const id = target.slice(1)
  if (target.startsWith('@')) return `@${names.get(id) ?? (label || id)}`
  if (target.startsWith('#')) return `#${label || (names.get(id) ?? id)}`
  if (target.startsWith('!')) return label || `@${id.replace(/\^.*$/, '')}`
  const address = target.replace(/^mailto:/, '')
  // Slack labels a bare "example.com" with what was typed.
  return label === '' || address.replace(/^https?:\/\//, '').replace(/\/$/, '') === label ? address : `${label} (${address})`
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
