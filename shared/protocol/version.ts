// Change a wire schema, bump this, and say why in one line.
//   1  hello, append, open, receipts, typing, presence, activity; log and personal documents

export const PROTOCOL_VERSION = 1
