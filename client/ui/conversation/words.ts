export const words = {
  back: 'Back to the list',
  details: 'Conversation details',
  options: 'Conversation options',
  members: (count: number) => (count === 1 ? '1 member' : `${count} members`),
  online: 'Online',
  lastSeen: (moment: string) => `Last seen ${moment}`,
  imported: 'Imported account, not claimed yet',
  offline: 'No connection. Messages wait.',
  messages: 'Messages',
  loading: 'Loading…',
  notHere: 'This conversation is not on this device yet. It opens when there is a connection.',
  goneTitle: 'This conversation is closed to you',
  goneUnsent: 'What you wrote and was not sent is still here.',
  backToList: 'Back to the list',
  emptyTitle: 'No messages yet',
  emptyHint: 'Say hello.',
  unreadLine: 'Unread',
  latest: 'Jump to latest',
  latestUnread: (count: string) => `Jump to latest, ${count} unread`,
  you: 'You',
  someone: 'Someone',
  written: (moment: string) => `written ${moment}`,
  more: 'More',
  less: 'Less',
  reply: 'Reply',
  react: 'React',
  edit: 'Edit',
  editing: 'Editing your message',
  cancelEdit: 'Cancel editing',
  save: 'Save',
  edited: 'edited',
  versions: 'Earlier versions',
  now: 'Now',
  changing: 'A change waits on this device',
  notChanged: (why: string) => `Your change was not saved. ${why}`,
  changeDiscarded: 'Change discarded',
  copy: 'Copy text',
  copied: 'Copied',
  unreadFrom: 'Mark unread from here',
  messageOptions: 'Message options',
  quoteMissing: 'An earlier message',
  jumpToQuote: 'Show the message this answers',
  pending: 'On this device, not sent yet',
  stored: 'Stored by the server',
  delivered: 'Delivered',
  read: 'Read',
  refused: 'Not sent',
  notSent: (why: string) => `Not sent. ${why}`,
  retry: 'Retry',
  discard: 'Discard',
  discarded: 'Message discarded',
  undo: 'Undo',
  compose: (name: string) => (name === '' ? 'Message' : `Message ${name}`),
  placeholder: 'Write a message',
  send: 'Send',
  emoji: 'Emoji',
  replyingTo: (name: string) => `Replying to ${name}`,
  cancelReply: 'Cancel reply',
  left: (count: number) => `${count} characters left`,
  over: (count: number) => `${count} characters too many. Send it in parts.`,
  notKept: 'The message could not be kept on this device. Its text is back in the field: free some space and send again.',
} as const

/** "Ana is typing…", "Ana and Bob are typing…", "3 people are typing…". */
export function typingWords(names: readonly string[]): string {
  if (names.length === 1) return `${names[0]} is typing…`
  if (names.length > 3) return `${names.length} people are typing…`
  return `${new Intl.ListFormat('en').format(names)} are typing…`
}

/** "👍 Ana and Bob", "👍 Ana, Bob and 3 others". */
export function reactionWords(emoji: string, names: readonly string[], count: number): string {
  const others = count - names.length
  const all = others === 0 ? names : [...names, others === 1 ? '1 other' : `${others} others`]
  return `${emoji} ${new Intl.ListFormat('en').format(all)}`
}
