/** Archives byte by byte: as no tar writes them, and some read them. */

interface Raw {
  readonly name: string
  readonly content?: string
  /** The field itself, where it is not a file's. */
  readonly type?: string
  readonly size?: Buffer | number
  readonly magic?: string
  /** Behind the magic: GNU has times there. */
  readonly prefix?: string
  readonly linkname?: string
}

const block = 512
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc(-bytes.length & (block - 1))])

/** One member, its content with it. */
export function raw({
  name,
  content = '',
  type = '0',
  size,
  magic = 'ustar\x0000',
  prefix = '',
  linkname = '',
}: Raw): Buffer {
  const header = Buffer.alloc(block)
  header.write(name, 0, 'latin1')
  header.write('0000644', 100)
  const bytes = size ?? Buffer.byteLength(content)
  if (typeof bytes === 'number') header.write(bytes.toString(8).padStart(11, '0'), 124)
  else bytes.copy(header, 124)
  header.write('00000000000', 136)
  header.write(' '.repeat(8), 148)
  header.write(type, 156)
  header.write(linkname, 157)
  header.write(magic, 257, 'latin1')
  header.write(prefix, 345)
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, padded(Buffer.from(content))])
}

/** What stands after the last member. */
export const archiveEnd = Buffer.alloc(2 * block)
