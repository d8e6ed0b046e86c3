// The parts of the settings, by the names they have in the address.

export const SECTIONS = ['account', 'privacy', 'notifications', 'appearance', 'language', 'devices', 'data'] as const
export type Section = (typeof SECTIONS)[number]
