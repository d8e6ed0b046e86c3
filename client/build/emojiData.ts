import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { arabicEmojiData, arabicEmojiMessages } from './arabicEmoji.ts'

/** Names and groups of the emoji under `/emoji/<language>/`, from our own server: the picker would ask a public CDN. */
export function emojiData(): Plugin {
  return {
    name: 'parley:emoji-data',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const source = FILES[request.url?.slice(1) ?? '']
        if (source === undefined) {
          next()
          return
        }
        response.setHeader('content-type', 'application/json')
        source().then((text) => response.end(text), next)
      })
    },
    async generateBundle() {
      for (const [fileName, source] of Object.entries(FILES)) this.emitFile({ type: 'asset', fileName, source: await source() })
    },
  }
}

/** The languages of the screens; one of them the data does not have. */
const FILES: Readonly<Record<string, () => Promise<string>>> = {
  ...Object.fromEntries(
    ['en', 'de', 'ja'].flatMap((language) =>
      ['data.json', 'messages.json'].map((file) => [`emoji/${language}/${file}`, () => readFile(fileURLToPath(import.meta.resolve(`emojibase-data/${language}/${file}`)), 'utf8')]),
    ),
  ),
  'emoji/ar/data.json': arabicEmojiData,
  'emoji/ar/messages.json': arabicEmojiMessages,
}
