import type { Mistake } from './form.ts'

export const words = {
  promise: 'Conversations that keep going, with or without a connection.',
  signIn: 'Sign in',
  signUp: 'Create account',
  signingIn: 'Signing in…',
  signingUp: 'Creating your account…',
  welcomeBack: 'Welcome back',
  welcome: 'Create your account',
  handle: 'Username',
  handleHint: 'Lower-case letters, digits, dots, dashes. This is how people find you.',
  name: 'Your name',
  nameHint: 'Shown to the people you write with.',
  password: 'Password',
  passwordHint: 'At least 8 characters. A short sentence is a good one.',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  noAccount: 'New here?',
  hasAccount: 'Already have an account?',
  invite: 'Invite code',
  inviteHint: 'From an administrator of this server.',
  closed: 'This server takes no new accounts. Ask whoever runs it; a claim code still counts.',
  claim: 'Claim code',
  claimOpen: 'I have a claim code',
  claimHint: 'From whoever imported your older conversations: they become yours.',
} as const

export const mistakes: Record<Mistake, string> = {
  'handle-missing': 'Enter your username.',
  'handle-form': 'Use 2 to 32 lower-case letters, digits, dots, dashes or underscores; start and end with a letter or digit.',
  'name-missing': 'Enter the name people should see.',
  'name-form': 'Names have up to 64 characters, no invisible ones, and none that turn the direction of writing.',
  'password-missing': 'Enter your password.',
  'password-short': 'Use at least 8 characters.',
  'password-long': 'Use at most 256 characters.',
}
