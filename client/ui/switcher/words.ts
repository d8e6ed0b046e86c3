export const words = {
  title: 'Go to',
  field: 'Find a conversation, person or command',
  recent: 'Recent conversations',
  conversations: 'Conversations',
  people: 'People',
  commands: 'Commands',
  results: 'Results',
  nothing: (query: string) => `Nothing found for “${query}”`,
  unread: (count: string) => `${count} unread`,
} as const
