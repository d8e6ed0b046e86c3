// docs/security.md names the test that proves each row. A test that was renamed proves nothing to whoever looks for it.

import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')

/** A file, or a title in the file named last before it. */
const CITED = /(?<file>(?:client|server|shared|storage|e2e|bench)\/[\w./-]+\.tsx?)|“(?<title>[^”]+)”/g

/** Headings of the document itself are quoted too. */
const isHeading = (document: string, title: string) => document.includes(`## ${title}`)

test('every file and test that the security table names is there', () => {
  const document = readFileSync(`${ROOT}/docs/security.md`, 'utf8')
  const missing: string[] = []
  for (const line of document.split('\n').filter((row) => row.startsWith('|'))) {
    let file: string | null = null
    for (const { groups } of line.matchAll(CITED)) {
      if (groups?.['file'] !== undefined) {
        file = groups['file']
        if (!existsSync(`${ROOT}/${file}`)) missing.push(file)
      } else if (groups?.['title'] !== undefined && !isHeading(document, groups['title'])) {
        if (!holds(file, groups['title'])) missing.push(`${file ?? 'no file'}: ${groups['title']}`)
      }
    }
  }
  expect(missing).toEqual([])
})

/** An ellipsis stands for words left out. */
function holds(file: string | null, title: string): boolean {
  if (file === null || !existsSync(`${ROOT}/${file}`)) return false
  const source = readFileSync(`${ROOT}/${file}`, 'utf8')
  return title.split('…').every((part) => source.includes(part.trim().replace(/,$/, '')))
}
