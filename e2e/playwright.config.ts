// Real Chromium against the real server. Each test file starts its own server on a free port with its own data.

import { defineConfig } from '@playwright/test'
import { chromiumPath, QUIET_CHROMIUM } from './prerequisites.ts'

export default defineConfig({
  testDir: 'browser',
  testMatch: '*.spec.ts',
  globalSetup: './browser/buildClient.ts',
  fullyParallel: true,
  outputDir: 'results/browser',
  workers: 2,
  // Generous: how fast it is, the benchmark says. A busy machine must not make a test red.
  timeout: 240_000,
  expect: { timeout: 45_000 },
  reporter: [['list'], ['json', { outputFile: 'results/playwright.json' }]],
  use: {
    browserName: 'chromium',
    actionTimeout: 90_000,
    launchOptions: { executablePath: chromiumPath(), args: QUIET_CHROMIUM },
    // Recording doubles the time of every test; ask for it with `--trace on` when one fails.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
})
