import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'
import { appShell } from './client/build/appShell.ts'
import { emojiData } from './client/build/emojiData.ts'
import { emojiShortcodes } from './client/build/emojiShortcodes.ts'
import { firstScreen } from './client/build/firstScreen.ts'
import { firstScreenBudget } from './client/build/firstScreenBudget.ts'
import { leanLibraries } from './client/build/leanLibraries.ts'

export default defineConfig({
  root: 'client',
  plugins: [react(), emojiData(), emojiShortcodes(), leanLibraries(), firstScreenBudget(), VitePWA(appShell)],
  // zod tries whether it may compile code, which our content security policy forbids and the browser reports. Its setting has
  // to stand before the first schema is made, so it cannot be a call to `z.config` in the client.
  define: { 'globalThis.__zod_globalConfig': { jitless: true } },
  resolve: { alias: { 'decode-named-character-reference': fileURLToPath(new URL('client/build/noCharacterReferences.ts', import.meta.url)) } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // firstScreenBudget says what is too large.
    chunkSizeWarningLimit: Infinity,
    rolldownOptions: { output: { codeSplitting: { groups: firstScreen } } },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': 'http://127.0.0.1:3000',
      // The engine's own sources lie under /sync/.
      '^/sync(\\?|$)': { target: 'ws://127.0.0.1:3000', ws: true },
    },
  },
  test: {
    root: '.',
    include: ['{shared,storage,server,client,e2e,bench}/**/*.test.{ts,tsx}'],
    // The server under test holds real files and sockets: two workers fill two cores.
    maxWorkers: 2,
    // Generous: how fast it is, the benchmarks say. A busy machine must not make a test red.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 45_000, interval: 5 } },
    // So that the parser under test is the one that ships, with what stands in for a part of it.
    server: { deps: { inline: [/mdast-util-/, /micromark/] } },
  },
})
