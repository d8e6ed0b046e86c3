import { gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

/** On a phone with a poor connection a second's worth; the rest of the program comes while somebody reads already. */
export const FIRST_SCREEN_MAX_BYTES = 200_000

/** The build fails when whoever opens the page would wait for more than that. */
export function firstScreenBudget(): Plugin {
  return {
    name: 'parley:first-screen-budget',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const [screen, bytes] of Object.entries(firstScreenBytes(Object.values(bundle)))) {
        if (bytes > FIRST_SCREEN_MAX_BYTES) this.error(`The first screen (${screen}) takes ${bytes} bytes of JavaScript with gzip; ${FIRST_SCREEN_MAX_BYTES} are allowed.`)
      }
    },
  }
}

/** JavaScript, with gzip, that has to be there before there is something to see. */
export function firstScreenBytes(output: readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[]): { 'signed in': number; 'signed out': number } {
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])))
  const entry = [...chunks.values()].find(({ isEntry }) => isEntry)
  return { 'signed in': bytesWith('/Shell.tsx'), 'signed out': bytesWith('/SignInScreen.tsx') }

  function bytesWith(screen: string): number {
    const lazy = [...chunks.values()].find(({ facadeModuleId }) => facadeModuleId?.endsWith(screen))
    if (entry === undefined || lazy === undefined) throw new Error(`nothing in the build starts with ${screen}`)
    const needed = new Set([entry.fileName, lazy.fileName])
    let bytes = 0
    for (const name of needed) {
      const chunk = chunks.get(name)
      if (chunk === undefined) throw new Error(`${name} is imported and not in the build`)
      bytes += gzipSync(chunk.code).length
      for (const imported of chunk.imports) needed.add(imported)
    }
    return bytes
  }
}
