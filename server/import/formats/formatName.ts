// The formats an import understands, each with the words a person is shown when nothing matched.

export const FORMATS = {
  parley: "Parley's own JSON Lines (first line {\"parley\":1})",
  slack: 'Slack export: folder or zip with users.json and channels.json',
  telegram: 'Telegram export: result.json of one chat or of all, or the folder or zip around it',
  whatsapp: 'WhatsApp chat: the .txt, or the zip around it',
  irc: 'IRC log: lines like "[09:14] <nick> text", with "….annotation.txt" beside it for replies; a file or a folder',
  gitter: 'Gitter room dump: tab-separated, a file or a folder',
  crosswoz: 'Two-party dialogues: JSON Lines of {"dialogue","i","role","text"}',
} as const

export type FormatName = keyof typeof FORMATS

export function supportedFormats(): string {
  return Object.values(FORMATS)
    .map((words) => `- ${words}`)
    .join('\n')
}
