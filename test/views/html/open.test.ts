import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openInBrowser } from '../../../src/views/html/open.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgelab-open-'))
  vi.stubEnv('PATH', `${folder}:/bin:/usr/bin`)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

const opener = (script: string): Promise<void> =>
  writeFile(join(folder, 'xdg-open'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })

test('hands the file to the opener as an address', async () => {
  await opener(`printf %s "$1" > ${folder}/asked`)
  expect(await openInBrowser('/tmp/a report & more.html', 'linux')).toBe(true)
  expect(await readFile(join(folder, 'asked'), 'utf8')).toBe('file:///tmp/a%20report%20&%20more.html')
})

test('says so where the opener knows no browser', async () => {
  await opener('exit 3')
  expect(await openInBrowser('/tmp/report.html', 'linux')).toBe(false)
})

test('says so where there is no opener', async () => {
  vi.stubEnv('PATH', folder)
  expect(await openInBrowser('/tmp/report.html', 'linux')).toBe(false)
})
