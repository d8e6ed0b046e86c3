import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/**
 * Parts of libraries that come along, cannot be shaken off and are never used here: zod's translation into JSON Schema, which
 * only the server's API description needs; its sentences about what is wrong, which nobody sees here and whose paths and codes
 * are left; and the drawing of lib0's log messages, which brings a DOM library of its own.
 */
export function leanLibraries(): Plugin {
  return {
    name: 'parley:lean-libraries',
    apply: 'build',
    enforce: 'pre',
    resolveId: (id) => (id === 'lib0/logging' ? PLAIN_LOGGING : null),
    transform: (code, id) => {
      if (JSON_SCHEMA.test(id)) return { code: withoutBodies(code), map: null }
      return SENTENCES.test(id) ? { code: ONE_SENTENCE, map: null } : null
    },
  }
}

/** The same exports; whoever calls one after all hears why it is not there. */
function withoutBodies(code: string): string {
  const names = [...code.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => name)
  return names.map((name) => `export function ${name}() { throw new Error('JSON Schema is left out of the web client') }`).join('\n')
}

const JSON_SCHEMA = /\/zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/
const SENTENCES = /\/zod\/v4\/locales\/en\.js$/
const ONE_SENTENCE = `export default () => ({ localeError: () => 'Invalid input' })`
const PLAIN_LOGGING = fileURLToPath(new URL('plainLogging.ts', import.meta.url))
