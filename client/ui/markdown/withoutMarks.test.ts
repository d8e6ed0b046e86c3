import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutMarks } from './withoutMarks.ts'

describe('a line without marks', () => {
  it.each([
    ['**Bold**, _italic_ and ~~gone~~', 'Bold, italic and gone'],
    ['***both*** and **a _b_ c**', 'both and a b c'],
    ['see [the plan](https://example.org/plan_a_b)', 'see the plan'],
    ['![a cat](https://example.org/cat.png)', 'a cat'],
    ['run `npm test` now', 'run npm test now'],
    ['# Title\n> said\n- one\n- [x] two\n- [ ] three', 'Title\nsaid\n• one\n☑ two\n☐ three'],
    ['```ts\nconst a = 1\n```', 'const a = 1\n'],
    ['|a|b|\n|-|-|\n|1|2|', '|a|b|\n|1|2|'],
    ['1\\. no list', '1. no list'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    ['a || b || c', 'a || b || c'],
    ['plain words :)', 'plain words :)'],
  ])('%j is %j', (text, line) => {
    expect(withoutMarks(text)).toBe(line)
  })

  it('keeps a secret, also one that was cut', () => {
    expect(withoutMarks('it was ||the butler|| again')).toBe('it was ▒▒▒ again')
    expect(withoutMarks('it was ||the but')).toBe('it was ▒▒▒')
  })

  it('makes nothing longer than it was, whatever it is', () => {
    const part = fc.constantFrom('*', '_', '~~', '`', '||', '[', '](', ')', '\n', '> ', '- ', '# ', 'a', ' ', '\\')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 400 }), (parts) => {
        const text = parts.join('')
        expect(withoutMarks(text).length).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})
