// What a sign-in form says before it is sent: which field is wrong and how. The server decides again.

import { DisplayName } from '../../../shared/displayName.ts'
import { Handle } from '../../../shared/protocol/api.ts'
import { PASSWORD_MAX_CHARS, PASSWORD_MIN_CHARS } from '../../../shared/limits.ts'

export type Mistake =
  | 'handle-missing'
  | 'handle-form'
  | 'name-missing'
  | 'name-form'
  | 'password-missing'
  | 'password-short'
  | 'password-long'

export type Field = 'handle' | 'name' | 'password'
export type Form = Record<Field, string>
export type Mistakes = Partial<Record<Field, Mistake>>

export function checkSignIn(form: Form): Mistakes {
  return {
    ...(form.handle.trim() === '' ? { handle: 'handle-missing' } : {}),
    ...(form.password === '' ? { password: 'password-missing' } : {}),
  }
}

export function checkSignUp(form: Form): Mistakes {
  const handle = handleMistake(form.handle)
  const name = nameMistake(form.name)
  const password = passwordMistake(form.password)
  return {
    ...(handle === null ? {} : { handle }),
    ...(name === null ? {} : { name }),
    ...(password === null ? {} : { password }),
  }
}

export function withoutMistake(mistakes: Mistakes, field: Field): Mistakes {
  const others = { ...mistakes }
  delete others[field]
  return others
}

/** "@Alice " and "alice" are meant as the same. */
export function cleanHandle(typed: string): string {
  return typed.trim().replace(/^@/, '').toLowerCase()
}

export function passwordMistake(password: string): Mistake | null {
  if (password === '') return 'password-missing'
  if (password.length < PASSWORD_MIN_CHARS) return 'password-short'
  return password.length > PASSWORD_MAX_CHARS ? 'password-long' : null
}

function handleMistake(handle: string): Mistake | null {
  if (handle.trim() === '') return 'handle-missing'
  return Handle.safeParse(cleanHandle(handle)).success ? null : 'handle-form'
}

function nameMistake(name: string): Mistake | null {
  if (name.trim() === '') return 'name-missing'
  return DisplayName.safeParse(name).success ? null : 'name-form'
}
