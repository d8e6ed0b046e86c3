// Chat programs on Windows save UTF-16 with a byte order mark. Everything behind this file sees UTF-8 without one.

export async function* asUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | null = new Uint8Array(0)
  let decoder: TextDecoder | null = null
  for await (const chunk of chunks) {
    let bytes: Uint8Array = chunk
    if (head !== null) {
      bytes = Buffer.concat([head, chunk])
      head = bytes.length < LONGEST_MARK ? bytes : null
      if (head !== null) continue
      ;({ bytes, decoder } = afterMark(bytes))
    }
    yield decoder === null ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }))
  }
  if (head !== null) yield afterMark(head).bytes
  else if (decoder !== null) yield Buffer.from(decoder.decode())
}

function afterMark(bytes: Uint8Array): { bytes: Uint8Array; decoder: TextDecoder | null } {
  const [a, b, c] = bytes
  if (a === 0xff && b === 0xfe) return { bytes: bytes.subarray(2), decoder: new TextDecoder('utf-16le') }
  if (a === 0xfe && b === 0xff) return { bytes: bytes.subarray(2), decoder: new TextDecoder('utf-16be') }
  if (a === 0xef && b === 0xbb && c === 0xbf) return { bytes: bytes.subarray(3), decoder: null }
  return { bytes, decoder: null }
}

const LONGEST_MARK = 3
