import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findBinary } from '../../../src/runtime/processes/binaries.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'binaries-'))
  for (const path of ['bin/plain', 'bin/both', 'sbin/both', 'sbin/admin', 'tools/hidden', 'sbin/note']) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), '')
    await chmod(join(folder, path), path.endsWith('note') ? 0o644 : 0o755)
  }
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

test('a binary is on PATH, or in the sbin beside a bin of PATH, and nowhere else', () => {
  vi.stubEnv('PATH', ['', join(folder, 'bin')].join(delimiter))
  expect(findBinary(['plain'])).toBe(join(folder, 'bin/plain'))
  expect(findBinary(['admin'])).toBe(join(folder, 'sbin/admin'))
  expect(findBinary(['both'])).toBe(join(folder, 'bin/both'))
  expect(findBinary(['gone', 'admin'])).toBe(join(folder, 'sbin/admin'))
  expect(findBinary(['hidden'])).toBeUndefined()
  expect(findBinary(['note'])).toBeUndefined()
  vi.stubEnv('PATH', join(folder, 'tools'))
  expect(findBinary(['admin'])).toBeUndefined()
})
