// Brings what the tests need and npm does not: Chromium and the fonts to judge a page by. As root on Debian it installs
// them; anywhere else it says in a sentence what to install.

import { execFileSync, type ExecFileSyncOptions } from 'node:child_process'
import { existsSync } from 'node:fs'

/** The headless shell first: it opens no windows and needs half the time. */
const CHROMIUM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const PACKAGES = ['chromium-headless-shell', 'fonts-noto-core', 'fonts-noto-cjk', 'fonts-noto-color-emoji']

/** Without a screen, and without a word to anyone but the server under test. */
export const QUIET_CHROMIUM = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Path of a Chromium that the tests may drive; installs one where that is possible. Throws a sentence otherwise. */
export function chromiumPath(): string {
  const found = process.env['CHROMIUM_PATH'] ?? CHROMIUM.find((path) => existsSync(path))
  if (found !== undefined) return found
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    throw new Error(
      `The browser tests need Chromium. Install it (Debian: sudo apt-get install ${PACKAGES.join(' ')}) or set CHROMIUM_PATH to its program.`,
    )
  }
  return installOnDebian()
}

function installOnDebian(): string {
  process.stdout.write(`Installing ${PACKAGES.join(', ')} for the browser tests …\n`)
  const quiet: ExecFileSyncOptions = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] }
  execFileSync('apt-get', ['update', '-qq'], quiet)
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES], quiet)
  const path = CHROMIUM.find((candidate) => existsSync(candidate))
  if (path === undefined) throw new Error(`apt-get installed ${PACKAGES.join(' ')}, but no Chromium is where Debian puts it.`)
  return path
}
