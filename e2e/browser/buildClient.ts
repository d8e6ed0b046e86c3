// Before the first test: the web client as people get it, built from the sources as they are.

import { build } from 'vite'

// Playwright calls the default export of its global setup.
export default async function buildClient(): Promise<void> {
  await build({ logLevel: 'warn' })
}
