// Writes a zip the way no honest program would: any name, any claimed size.

import { crc32, deflateRawSync } from 'node:zlib'

export function zipBytes(files: Record<string, string | Uint8Array>, claim: { size?: number; damage?: boolean } = {}): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content)
    const folded = deflateRawSync(plain)
    const fields = header(name, crc32(plain), folded.length, claim.size ?? plain.length)
    // Damage lies in the data, after a directory that looks well.
    const data = claim.damage === true ? Buffer.from(folded).fill(0xff, folded.length >> 1) : folded
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), fields, Buffer.from(name), data])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), fields, place, Buffer.from(name)]))
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('504b0506', 'hex')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, central, end])
}

/** The fields local and central headers share, from "version needed" to the length of extra fields. */
function header(name: string, crc: number, folded: number, plain: number): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(0x0800, 2)
  fields.writeUInt16LE(8, 4)
  fields.writeUInt32LE(crc, 10)
  fields.writeUInt32LE(folded, 14)
  fields.writeUInt32LE(plain, 18)
  fields.writeUInt16LE(Buffer.byteLength(name), 22)
  return fields
}
