import type { Appearance } from './appearance.ts'
import type { Density } from './density.ts'

export const words = {
  title: 'Settings',
  account: 'Account',
  administration: 'Administration',
  appearance: 'Appearance',
  density: 'Density',
  contrast: 'High contrast',
  keyboard: 'Keyboard',
  shortcuts: 'Keyboard shortcuts',
  notifications: 'Notifications',
  notify: 'Show notifications on this device',
  notifyHint: 'For what arrives while you look elsewhere. Muted conversations stay silent.',
  notifyBlocked: 'The browser blocks notifications of this page. Allow them in its settings for this site, then switch this on.',
  notifyMissing: 'This browser cannot show notifications.',
  previews: 'Show message text in notifications',
  sounds: 'Sounds',
  quiet: 'Quiet hours',
  quietHint: 'No notifications and no sounds in between.',
  quietFrom: 'From',
  quietTo: 'To',
  devices: 'Devices',
  devicesHint: 'Where you are signed in. Ending one signs it out at once.',
  thisDevice: 'This device',
  lastUsed: (moment: string) => `Last used ${moment}`,
  end: 'End',
  endLabel: (label: string) => `End the session on ${label}`,
  ended: (label: string) => `Signed out on ${label}`,
  devicesOffline: 'Devices can be listed when there is a connection.',
  loading: 'Loading…',
  password: 'Password',
  change: 'Change password',
  current: 'Current password',
  next: 'New password',
  nextHint: 'At least 8 characters. Other devices are signed out.',
  currentMissing: 'Enter your current password.',
  changed: 'Password changed',
  cancel: 'Cancel',
  signOut: 'Sign out',
  signOutHint: 'Removes everything this device holds of your account.',
  unsentTitle: 'Some messages were not sent',
  unsent: (count: number) =>
    count === 1
      ? '1 message still waits on this device. If you sign out now it is lost. Wait until it is sent, or sign out anyway.'
      : `${count} messages still wait on this device. If you sign out now they are lost. Wait until they are sent, or sign out anyway.`,
  signOutAnyway: 'Sign out and lose them',
} as const

export const appearances: Record<Appearance, string> = { system: 'System', light: 'Light', dark: 'Dark' }

export const densities: Record<Density, string> = { comfortable: 'Comfortable', compact: 'Compact' }
