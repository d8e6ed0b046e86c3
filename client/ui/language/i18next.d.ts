import type { en } from './en.ts'

/** An unknown key, or a placeholder that is not filled, does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}
