/**
 * Every text carries its entry number in plain ASCII, so that a load client finds entries in any
 * frame, JSON or Yjs, one or many, without decoding the frame.
 */
export const stampText = (entry: number): string => `${MARK}${String(entry).padStart(DIGITS, '0')}${FILLING}`

/** Calls `found` with the number of each entry in the frame, in the order of the bytes. */
export const findStamps = (frame: Buffer, found: (entry: number) => void): void => {
  let at = frame.indexOf(markBytes)
  while (at !== -1) {
    const entry = readDigits(frame, at + MARK.length)
    if (entry !== null) found(entry)
    at = frame.indexOf(markBytes, at + (entry === null ? 1 : TEXT_BYTES))
  }
}

/** Null when the mark was a coincidence in binary data. */
const readDigits = (frame: Buffer, from: number): number | null => {
  let value = 0
  for (let at = from; at < from + DIGITS; at += 1) {
    const digit = (frame[at] ?? 0) - 0x30
    if (digit < 0 || digit > 9) return null
    value = value * 10 + digit
  }
  return value
}

export const TEXT_BYTES = 200
const MARK = '~#'
const DIGITS = 10
const markBytes = Buffer.from(MARK)
const FILLING = ' we moved the meeting to four, bring the drawings and the key to the small room'
  .repeat(3)
  .slice(0, TEXT_BYTES - MARK.length - DIGITS)
