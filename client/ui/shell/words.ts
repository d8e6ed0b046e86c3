export const words = {
  select: 'Select a conversation',
  selectHint: 'Or start a new one. What you write without a connection is kept and sent later.',
  firstTitle: (name: string) => `Welcome, ${name}`,
  firstHint: 'Find someone by name or username and say hello.',
  start: 'New conversation',
  connecting: 'Connecting…',
  retryIn: (soon: string) => `Trying again ${soon}.`,
  waits: (pending: number) => (pending === 1 ? '1 message waits on this device.' : `${pending} messages wait on this device.`),
  refused: (count: number) => (count === 1 ? '1 message was not sent. Open its conversation to see why.' : `${count} messages were not sent. Open their conversations to see why.`),
  update: 'An update is ready.',
  updateNow: 'Reload',
  skip: 'Skip to messages',
} as const
