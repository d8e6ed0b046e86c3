// Change a wire schema, bump this, and say why in one line.
//   1  hello, append, open, receipts, typing, presence, activity; log and personal documents
//   2  edits and reactions; what is quiet instead of own
//   3  events, pins, erasure and generations; profiles, away, the own profile in the welcome
//   4  requests to join and their answers, bans; mentions in edits, typing, quotes and style in replies; reasons of refusals by name

export const PROTOCOL_VERSION = 4
