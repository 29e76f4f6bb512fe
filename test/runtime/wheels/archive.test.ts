/** What the library that reads archives passes over in silence. */
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { membersOf } from '../../../src/runtime/wheels/bundle/archive.ts'
import { archiveEnd, raw } from './raw-archive.ts'

/** Names and kinds, or why it is refused. In parts as they come from a disk, or from anywhere. */
async function read(parts: readonly Buffer[], size = 64 * 1024): Promise<readonly string[] | string> {
  const bytes = Buffer.concat(parts)
  const content = Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size)),
  )
  return membersOf(content, 3, () => undefined).then(
    (members) => members.map(({ name, kind }) => `${name}: ${kind}`),
    (error: Error) => error.message,
  )
}

const file = raw({ name: 'file', content: 'content' })

test('the place and content of each, in whatever parts an archive comes', async () => {
  const long = 'much '.repeat(1000)
  const parts = [raw({ name: 'folder/', type: '5' }), raw({ name: 'folder/long', content: long }), file, archiveEnd]
  const whole = Buffer.concat(parts)
  for (const size of [7, 512, 4096, whole.length]) {
    expect(await read(parts, size)).toEqual(['folder/: folder', 'folder/long: file', 'file: file'])
  }
  const seen: string[] = []
  const members = await membersOf(Readable.from([whole]), 3, ({ kind }, content) =>
    kind === 'file' ? text(content).then((found) => void seen.push(found)) : undefined,
  )
  expect(seen).toEqual([long, 'content'])
  const placed = members.map(({ start, bytes }) => whole.toString('utf8', start, start + bytes))
  expect(placed).toEqual(['', long, 'content'])
})

test('a record that is about the next member is seen in it', async () => {
  for (const type of ['L', 'N', 'K', 'x', 'g']) {
    const record = raw({ name: 'record', type, content: type < 'a' ? 'other\0' : '14 path=other\n' })
    const found = await read([file, record, file, archiveEnd])
    expect(found, type).toEqual(['file: file', expect.stringMatching(/^(?:file|other): other$/)])
    expect(await read([file, record, archiveEnd]), type).toBe('it holds something after its end')
  }
})

test('so is what lies between members and after them, and an end that is missing', async () => {
  expect(await read([file, file])).toBe('it was cut off')
  expect(await read([file, archiveEnd.subarray(512)])).toEqual(['file: file'])
  expect(await read([file, archiveEnd, file, archiveEnd])).toEqual(['file: file', 'file: other'])
  expect(await read([file, archiveEnd, Buffer.from('x')])).not.toEqual(['file: file'])
  expect(await read([file, archiveEnd, Buffer.alloc(8192)])).toEqual(['file: file'])
  expect(await read([archiveEnd, file, archiveEnd])).toEqual(['file: other'])
})

test('what is neither file nor empty, and sizes in any other form', async () => {
  for (const type of ['1', '2']) {
    expect(await read([raw({ name: 'odd', type, content: 'content' }), archiveEnd]), type).toEqual(['odd: other'])
  }
  for (const type of ['3', '4', '6', '7', 'S']) {
    expect(await read([raw({ name: 'odd', type }), archiveEnd]), type).toEqual(['odd: other'])
  }
  // What it seems to hold is read as what follows.
  expect(await read([raw({ name: 'odd', type: '5', size: file.length }), file, archiveEnd])).toEqual([
    'odd: other',
    'file: other',
  ])
  for (const first of [0x80, 0x81, 0xff]) {
    const size = Buffer.alloc(12, 0xfe).fill(first, 0, 1)
    expect(await read([raw({ name: 'odd', size }), file, archiveEnd]), `${first}`).toBe('it is damaged')
  }
})

test('too many', async () => {
  expect(await read([file, file, file, archiveEnd])).toHaveLength(3)
  expect(await read([file, file, file, file, archiveEnd])).toBe('it holds too many files')
})
