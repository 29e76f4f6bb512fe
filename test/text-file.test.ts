import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeText, readPlainText, readText, readTextSync } from '../src/text-file.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'text-file-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function utf16(text: string, order: 'little' | 'big', mark = '\ufeff'): Buffer {
  const bytes = Buffer.from(mark + text, 'utf16le')
  return order === 'little' ? bytes : bytes.swap16()
}

test('whatever the text is, a byte order mark changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      // One line feed is how every line ends; a zero at the beginning says UTF-16.
      fc.pre(!text.includes('\r') && !text.slice(0, 2).includes('\0') && !text.startsWith('\ufeff'))
      expect(decodeText(Buffer.from(text))).toBe(text)
      expect(decodeText(Buffer.from(`\ufeff${text}`))).toBe(text)
    }),
  )
})

test('lines of Windows end as others do', () => {
  expect(decodeText(Buffer.from('a: 1\r\nb: 2\r\n'))).toBe('a: 1\nb: 2\n')
})

describe('what is not UTF-8 is named', () => {
  test.each([
    ['UTF-16, little-endian', utf16('id: x', 'little')],
    ['UTF-16, big-endian', utf16('id: x', 'big')],
    ['UTF-16, little-endian', utf16('id: x', 'little', '')],
    ['UTF-16, big-endian', utf16('id: x', 'big', '')],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x69, 0, 0, 0])],
    ['UTF-32', Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x69])],
  ])('%s', (encoding, bytes) => {
    expect(() => decodeText(bytes)).toThrow(`it is ${encoding}, and only UTF-8 is read: save it as UTF-8`)
  })

  test('other encodings, by the line that shows it', () => {
    const bytes = Buffer.concat([Buffer.from('id: x\ntitle: Caf'), Buffer.from([0xe9]), Buffer.from('\nz: 1\n')])
    expect(() => decodeText(bytes)).toThrow('line 2 has bytes of another encoding')
  })
})

describe('what cannot be read says why, in words', () => {
  test('nothing there, a folder, a link that leads nowhere', async () => {
    symlinkSync('gone', join(folder, 'link'))
    await expect(readText(join(folder, 'none'))).rejects.toMatchObject({
      message: 'there is no such file',
      isMissing: true,
    })
    await expect(readText(folder)).rejects.toMatchObject({ message: 'it is a folder', isMissing: false })
    await expect(readPlainText(folder)).rejects.toThrow('it is a folder')
    expect(() => readTextSync(join(folder, 'link'))).toThrow('there is no such file')
  })

  test.skipIf(process.platform === 'win32')('a pipe among files is not waited for', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    await expect(readPlainText(join(folder, 'pipe'))).rejects.toThrow('a pipe or device')
  })

  test('a text is read alike both ways', async () => {
    writeFileSync(join(folder, 'text'), '\ufeffä\r\n')
    expect(await readText(join(folder, 'text'))).toBe('ä\n')
    expect(readTextSync(join(folder, 'text'))).toBe('ä\n')
  })
})
