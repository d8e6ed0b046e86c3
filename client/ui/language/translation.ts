import type { English } from './english.ts'

/** What every language gives: the keys of English, with each plural in all the forms that the language has. */
export type Translation<Form extends PluralForm> = Translated<English, Form>

type Translated<Words, Form extends PluralForm> = {
  [Key in keyof Words as FormsOf<Key, Form>]: Words[Key] extends string ? string : Translated<Words[Key], Form>
}

type FormsOf<Key, Form extends PluralForm> = Key extends `${infer Base}_${PluralForm}` ? `${Base}_${Form}` : Key

/** As Intl.PluralRules names them. */
export type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
