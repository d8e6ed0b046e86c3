import { describe, expect, it } from 'vitest'
import { checkSignIn, checkSignUp, cleanHandle } from './form.ts'

describe('creating an account', () => {
  it('asks for each field that is missing', () => {
    expect(checkSignUp({ handle: '', name: ' ', password: '' })).toEqual({
      handle: 'handle-missing',
      name: 'name-missing',
      password: 'password-missing',
    })
  })

  it('lets through what the server takes', () => {
    expect(checkSignUp({ handle: '@Alice.b ', name: 'Alice', password: 'correct horse' })).toEqual({})
  })

  it('says what is wrong with a name, a handle, a password', () => {
    expect(checkSignUp({ handle: 'a b', name: 'Ev\u202eil', password: '1234567' })).toEqual({
      handle: 'handle-form',
      name: 'name-form',
      password: 'password-short',
    })
  })
})

describe('signing in', () => {
  it('never judges the form of an old password or handle', () => {
    expect(checkSignIn({ handle: 'Ünusual', name: '', password: 'x' })).toEqual({})
  })

  it('takes the handle as it is spoken', () => {
    expect(cleanHandle(' @Alice ')).toBe('alice')
  })
})
