export const words = {
  someone: 'Someone',
  said: (author: string, text: string) => `${author}: ${text}`,
  hidden: 'New message',
  hiddenFrom: (author: string) => `New message from ${author}`,
  several: 'Parley',
  severalHint: (count: number) => `New messages in ${count} conversations`,
} as const
