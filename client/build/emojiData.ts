import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/** Names and groups of the emoji under `/emoji/<language>/`, from our own server: the picker would ask a public CDN. */
export function emojiData(): Plugin {
  return {
    name: 'parley:emoji-data',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const file = FILES.find((name) => request.url === `/${name}`)
        if (file === undefined) {
          next()
          return
        }
        response.setHeader('content-type', 'application/json')
        createReadStream(pathOf(file)).pipe(response)
      })
    },
    async generateBundle() {
      for (const file of FILES) this.emitFile({ type: 'asset', fileName: file, source: await readFile(pathOf(file)) })
    },
  }
}

function pathOf(file: string): string {
  return fileURLToPath(import.meta.resolve(file.replace('emoji/', 'emojibase-data/')))
}

/** The languages of the screens that the data has. */
const FILES = ['en', 'de', 'ja'].flatMap((language) => [`emoji/${language}/data.json`, `emoji/${language}/messages.json`])
