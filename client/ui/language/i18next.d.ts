import type { English } from './english.ts'

/** An unknown key, or a placeholder that is not filled, does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: English }
  }
}
