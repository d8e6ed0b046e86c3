import { describe, expect, it } from 'vitest'
import { disguised, typedHref } from './links.ts'

describe('a link that leads elsewhere than it says', () => {
  it.each([
    ['https://bank.example', 'https://evil.example/x', 'evil.example'],
    ['bank.example', 'https://evil.example:8443', 'evil.example:8443'],
    ['Go to BANK.example now', 'https://evil.example', 'evil.example'],
    ['https://bank.example/a?b', 'https://bank.example.evil.example', 'bank.example.evil.example'],
    ['https://bank.example@evil.example', 'https://bank.example@evil.example', 'evil.example'],
    ['https://10.0.0.1/login', 'https://10.0.0.2/login', '10.0.0.2'],
    ['bank\u200b.example', 'https://evil.example', 'evil.example'],
    ['bank。example', 'https://evil.example', 'evil.example'],
    // The first letter is Cyrillic.
    ['аpple.com', 'https://apple.com', 'apple.com'],
    ['help@bank.example', 'mailto:me@evil.example', 'me@evil.example'],
    // Words and host agree, and every letter is Cyrillic; then one of six is.
    ['https://аррӏе.com', 'https://аррӏе.com', 'xn--80ak6aa92e.com'],
    ['press here', 'https://аррӏе.com/login', 'xn--80ak6aa92e.com'],
    ['www.gооgle.com', 'https://www.gооgle.com', 'www.xn--ggle-55da.com'],
  ])('%s to %s says %s', (label, href, place) => {
    expect(disguised(label, href)).toBe(place)
  })

  it.each([
    ['https://example.org/index.html?a=b.example', 'https://example.org/index.html?a=b.example'],
    ['www.example.org', 'https://example.org'],
    ['EXAMPLE.org:8443', 'https://example.org:8443'],
    ['münchen.example', 'https://xn--mnchen-3ya.example'],
    ['press here', 'https://example.org'],
    ['https://пример.рф', 'https://пример.рф'],
    ['журнал.com', 'https://журнал.com'],
    ['ελλάδα.gr', 'https://ελλάδα.gr'],
    ['version 1.2', 'https://example.org'],
    ['bob.smith@example.org', 'mailto:bob.smith@example.org'],
  ])('%s to %s is honest', (label, href) => {
    expect(disguised(label, href)).toBeNull()
  })
})

describe('an address between parentheses', () => {
  it('needs no beginning', () => {
    expect(typedHref('example.org/a')).toBe('https://example.org/a')
    expect(typedHref('example.org:8443')).toBe('https://example.org:8443')
    expect(typedHref('/a')).toBeNull()
  })
})
