/// <reference types="vite-plugin-pwa/client" />

/** Trusted Types, as far as used here. Not in TypeScript's DOM, and not in every browser. */
interface Window {
  trustedTypes?: { createPolicy(name: 'default', rules: { createScriptURL(url: string): string | null }): unknown }
}

declare module 'virtual:emoji-shortcodes' {
  /** In the order of the picker. */
  export const shortcodes: readonly (readonly [code: string, emoji: string])[]
}
