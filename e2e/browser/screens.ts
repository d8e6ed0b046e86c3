// Looks at the interface: builds the preview, serves it under the product's content security policy and photographs
// each scene, light and dark, phone and desktop, and in Arabic, into e2e/browser/results/. Anything on the browser's console fails it.
//
//   npm run screens                 all of them
//   npm run screens -- market dark  those whose name holds every word

import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { chromiumPath, QUIET_CHROMIUM } from '../prerequisites.ts'
import { SCENES } from './scenes.ts'
import { LOOKS, nameOf, Studio } from './studio.ts'

const RESULTS = fileURLToPath(new URL('results/', import.meta.url))

const words = process.argv.slice(2)
await mkdir(RESULTS, { recursive: true })
const browser = await chromium.launch({ executablePath: chromiumPath(), args: QUIET_CHROMIUM })
const studio = await Studio.open(browser, `${RESULTS}preview-app`)
try {
  for (const look of LOOKS) {
    const wanted = SCENES.filter(({ name }) => words.every((word) => `${name}-${nameOf(look)}`.includes(word)))
    if (wanted.length > 0) await studio.show(look, wanted, async (page, name) => void (await page.screenshot({ path: `${RESULTS}${name}.png` })))
  }
} finally {
  await browser.close()
  await studio.close()
}
if (studio.complaints.length > 0) throw new Error(studio.complaints.join('\n'))
