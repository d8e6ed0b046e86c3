// Why exactly something was refused, for people: the code that programs go by, and the words. A device says each in its own
// language (client/ui/language, `reasons`), so a refusal that a person can meet and that its code does not explain has its
// reason here. What only a broken program can cause has none.

import type { RefusalCode } from './refusal.ts'
import { RefusedError } from './refusal.ts'
import { REFUSAL_VALUES } from './refusalValues.ts'

export const REFUSAL_REASONS = {
  blocked: { code: 'forbidden', words: 'This person does not take messages from you.' },
  'admins-only': { code: 'forbidden', words: 'This group leaves that to its admins. Ask one of them.' },
  'not-author': { code: 'forbidden', words: 'Only its author can change this message, and only its author or an admin of the group delete it. Ask one of them, then discard this.' },
  'not-in-it': { code: 'not-member', words: 'You are not in this conversation (any more). Copy what you still need, then discard it.' },
  'text-too-long': { code: 'too-large', words: 'A message holds {{characters, number}} characters. Split it into several.' },
  'entry-too-large': { code: 'too-large', words: 'This takes up more room than one message has. Split it into several.' },
  'entry-malformed': { code: 'malformed', words: 'The server could not read this. Reload the page and retry; if that does not help, copy the text, discard this and write it anew.' },
  'id-used': { code: 'id-conflict', words: 'Something else was stored in its place already. Copy the text, discard this and send it anew.' },
  'about-unknown': { code: 'reply-unknown', words: 'The message it is about is not in this conversation. Copy the text if you need it, discard this, and send it as a message of its own.' },
  'about-unsent': { code: 'reply-unknown', words: 'The message it is about was not sent. Retry that one first, or discard both.' },
  'about-erased': { code: 'erased', words: 'The message it is about was deleted meanwhile, so nothing can be said about it. Copy the text if you need it, then discard this.' },
  'unsent-here': { code: 'forbidden', words: 'Something you wrote or changed has not been sent yet and would be lost. Wait until it is, or sign out and lose it.' },
  banned: { code: 'forbidden', words: 'You were removed here and cannot join again. Ask one of its admins to allow it.' },
  'others-banned': { code: 'forbidden', words: 'One of these people was removed here and cannot join again. An admin can allow it in the details.' },
  'ban-oneself': { code: 'forbidden', words: 'You cannot keep yourself out. Leave instead.' },
  'not-banned': { code: 'not-found', words: 'Nobody keeps this person from joining (any more).' },

  'for-administrators': { code: 'forbidden', words: 'This is for administrators of this server.' },
  'no-such-person': { code: 'not-found', words: 'There is no such person here.' },
  'only-administrator': { code: 'taken', words: 'This is the only administrator. Make somebody else one first.' },
  unclaimed: { code: 'taken', words: 'Nobody has claimed this imported account yet, so nobody can sign in with it.' },
  'person-is-blocked': { code: 'taken', words: 'This person is blocked. Unblock them first.' },
  'is-administrator': { code: 'taken', words: 'An administrator cannot be blocked. Take the role away first.' },
  'no-such-invite': { code: 'not-found', words: 'There is no such invite.' },
  'no-such-report': { code: 'not-found', words: 'There is no such report.' },

  'password-is-handle': { code: 'malformed', words: 'Choose a password that is not your username.' },
  'password-is-product': { code: 'malformed', words: 'Choose a password that is not the name of this program.' },
  'password-is-common': { code: 'malformed', words: 'This is one of the most common passwords, tried first by anyone who guesses. Choose another.' },
  'claim-invalid': { code: 'not-found', words: 'This claim code is not valid, or it has been used. Ask for a new one.' },
  'registration-closed': { code: 'forbidden', words: 'This server takes no new accounts. Ask whoever runs it.' },
  'invite-needed': { code: 'forbidden', words: 'New accounts need an invite here. Ask an administrator for one and enter its code.' },
  'invite-invalid': { code: 'not-found', words: 'This invite is not valid (any more). Check the code, or ask for a new one.' },
  'current-password-wrong': { code: 'credentials', words: 'The current password is not right.' },
  'handle-taken': { code: 'taken', words: 'Somebody has this username already. Choose another.' },
  'account-blocked': { code: 'forbidden', words: 'This account is blocked. Ask an administrator of this server.' },
  'no-such-session': { code: 'not-found', words: 'There is no such session (any more).' },
  'other-page': { code: 'forbidden', words: 'This request came from a page of another address. If that address is yours, add it to PUBLIC_ORIGIN.' },
  'too-many-tries': { code: 'rate-limited', words: 'Too many tries. Wait a few minutes before you try again.' },
  'too-many-accounts': { code: 'rate-limited', words: 'Too many new accounts from this address. Try again later.' },
  'too-many-changes': { code: 'rate-limited', words: 'Too many changes at once. Wait a moment before you go on.' },
  'too-many-links': { code: 'rate-limited', words: 'Too many links at once. Wait a few minutes before you open another.' },
  'too-many-reports': { code: 'rate-limited', words: 'You have reported much within an hour. What you sent is there; try again later.' },

  'needs-another': { code: 'malformed', words: 'A direct conversation needs another person.' },
  'two-people-only': { code: 'forbidden', words: 'A direct conversation stays between two people. Start a group instead.' },
  'role-in-group': { code: 'forbidden', words: 'Your role in this group does not allow this. Ask its owner.' },
  'role-in-channel': { code: 'forbidden', words: 'Your role in this channel does not allow this. Ask its owner.' },
  'not-in-group': { code: 'not-found', words: 'This person is not in the group.' },
  'no-account': { code: 'not-found', words: 'One of these people has no account here.' },
  'cannot-add': { code: 'forbidden', words: 'You cannot add one of these people. Somebody else in the group can.' },
  'group-full': { code: 'too-large', words: 'There is room for {{members, number}} members, and it is taken.' },
  'no-such-link': { code: 'not-found', words: 'There is no such link.' },
  'asks-no-more': { code: 'not-found', words: 'This person does not ask to be let in any more.' },
  'links-left-to-others': { code: 'forbidden', words: 'Only those who may add people make links and let others in.' },
  'link-invalid': { code: 'not-found', words: 'This link does not lead anywhere (any more). Ask for a new one.' },
  'no-such-message': { code: 'not-found', words: 'There is no such message in this conversation.' },

  'block-oneself': { code: 'malformed', words: 'You cannot block yourself.' },
  'blocks-full': { code: 'too-large', words: 'You can block {{blocks, number}} people at most. Unblock somebody first.' },
  'report-oneself': { code: 'malformed', words: 'You cannot report yourself.' },
  'not-theirs': { code: 'not-found', words: 'Attach messages that this person wrote in this conversation.' },
  'picture-too-large': { code: 'too-large', words: 'A picture has at most {{kibibytes, number}} KiB.' },
  'picture-shape': { code: 'malformed', words: 'Send a square picture of at most {{side, number}} × {{side, number}} pixels.' },
  'picture-metadata': { code: 'malformed', words: 'The picture says where or with what it was taken. Send it without its metadata.' },
  'picture-unknown': { code: 'malformed', words: 'Send a picture in WebP, PNG or JPEG.' },
  'picture-gone': { code: 'not-found', words: 'There is no such picture (any more).' },
  'personal-full': { code: 'too-large', words: 'Your drafts and settings take up too much room. Remove some.' },
  'change-too-large': { code: 'too-large', words: 'This change is too large to be kept.' },
} as const satisfies Record<string, { code: RefusalCode; words: string }>

export type RefusalReason = keyof typeof REFUSAL_REASONS

/** As a language has them. */
export const REASON_WORDS = Object.fromEntries(Object.entries(REFUSAL_REASONS).map(([reason, { words }]) => [reason, words])) as Record<RefusalReason, string> // its very keys

/** `words`: where English can be more precise. */
export function refusedBecause(reason: RefusalReason, { retryAfter, words }: { retryAfter?: number; words?: string } = {}): RefusedError {
  const known = REFUSAL_REASONS[reason]
  return new RefusedError(known.code, words ?? filled(known.words), retryAfter, reason)
}

function filled(words: string): string {
  return words.replaceAll(/\{\{(\w+), number\}\}/g, (_, name: string) => Object.entries(REFUSAL_VALUES).find(([known]) => known === name)?.[1].toLocaleString('en') ?? '')
}
