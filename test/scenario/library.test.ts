/** A folder of scenarios in which not every file is one. */

import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findingMetrics } from '../../src/comparison/findings/registry.ts'
import { EdgeLabError } from '../../src/errors.ts'
import { listScenarios, readScenario } from '../../src/scenario/library.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { systemIds } from '../../src/systems/index.ts'
import { decodeText } from '../../src/text-file.ts'

const options = { systems: systemIds, findings: findingMetrics, makeKey: (consumer: string) => `key-of-${consumer}` }
const caching = readFileSync('scenarios/caching.yaml', 'utf8')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'library-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('what is no scenario is listed last with the reason, and hides no other', async () => {
  copyFileSync('scenarios/overhead.yaml', join(folder, 'overhead.yaml'))
  copyFileSync('scenarios/caching.yaml', join(folder, 'caching.yaml'))
  writeFileSync(join(folder, '._caching.yaml'), Buffer.from([0, 5, 0x16, 7, 0, 2, 0, 0]))
  writeFileSync(
    join(folder, 'broken.yaml'),
    caching.replace('ttl: 2s', 'ttl: soon').replace('rate: 300/s', 'rate: 0/s'),
  )
  writeFileSync(join(folder, 'empty.yaml'), '')
  writeFileSync(join(folder, 'latin.yaml'), Buffer.from(caching.replace('title: ', 'title: \u00e9'), 'latin1'))
  writeFileSync(join(folder, 'list.yaml'), '- caching\n')
  writeFileSync(join(folder, 'wide.yaml'), Buffer.from(`\ufeff${caching}`, 'utf16le'))
  mkdirSync(join(folder, 'folder.yaml'))
  symlinkSync('gone.yaml', join(folder, 'link.yaml'))
  const entries = await listScenarios(options, folder)
  expect(entries.map(({ id, scenario, problem }) => `${id}: ${scenario?.title ?? problem}`)).toEqual([
    expect.stringMatching(/^overhead: /),
    expect.stringMatching(/^caching: /),
    'broken: 2 mistakes; the first: line 11, policy.cache.0.ttl: “soon” is not a duration: write 250ms, 2s or 5m',
    'empty: nothing is written in this file',
    'folder: it cannot be read: it is a folder',
    expect.stringMatching(/^latin: it cannot be read: it is not UTF-8: line \d+ has bytes of another encoding/),
    'link: it cannot be read: there is no such file',
    'list: line 1: should be keys with values, not a list',
    'wide: it cannot be read: it is UTF-16, little-endian, and only UTF-8 is read: save it as UTF-8',
    '._caching: it is no scenario: macOS keeps what it knows of a file in one like this',
  ])
})

test('a file that is there and cannot be read is not called unknown', async () => {
  await expect(readScenario('test')).rejects.toMatchObject({
    name: 'badInput',
    problems: [{ file: 'test', message: 'it cannot be read: it is a folder' }],
  })
})

describe('YAML that is not as it should be: the reason, and its place', () => {
  function problemsOf(text: string): readonly string[] {
    try {
      loadScenario(text, 'mine.yaml', options)
      return []
    } catch (error) {
      if (!(error instanceof EdgeLabError)) throw error
      return error.problems.map(({ line, path, message }) => `${line} ${path}: ${message}`)
    }
  }
  const written = (name: string): string => readFileSync(`test/scenario/cases/${name}.yaml`, 'utf8')

  test.each<[string, string, string]>([
    [
      'more aliases than YAML allows',
      written('aliases'),
      '116 : *m is used more than 100 times, the most that is read',
    ],
    [
      'two documents',
      `${written('merge')}---\n${written('merge')}`,
      '21 : a second document begins here; a file holds one',
    ],
    ['a key twice', `${written('merge')}title: x\n`, '21 : this key is there already'],
    ['a tab', `${written('merge')}\n\tx: 1\n`, '22 : a tab indents this line; YAML wants spaces'],
    ['an alias for nothing', 'title: *name\n', '1 : nothing before this line is called &name'],
    ['an alias for itself', 'a: &a\n  b: *a\n', '2 : *a stands within &a itself'],
    ['a merge of what has no keys', 'a: 1\n<<: 3\n', 'undefined : “<<” takes keys with values, or an alias for such'],
    ['a tag that nobody knows', `${written('merge')}x: !secret y\n`, '21 : Unresolved tag: !secret'],
    ['comments alone', '# later\n', 'undefined : nothing is written in this file'],
  ])('%s', (_, text, problem) => {
    expect(problemsOf(text)).toContain(problem)
    expect(problemsOf(text).join('\n')).not.toContain('missing')
  })

  test('merge keys, a byte order mark and the lines of Windows are no mistakes', () => {
    const { traffic } = loadScenario(written('merge'), 'merge.yaml', options)
    expect(traffic.map(({ phase, forMs, measured }) => [phase, forMs, measured])).toEqual([
      ['warm', 200, false],
      ['again', 200, true],
      ['steady', 500, true],
    ])
    const elsewhere = decodeText(Buffer.from(`\ufeff${caching.replaceAll('\n', '\r\n')}`))
    expect(loadScenario(elsewhere, 'caching.yaml', options)).toEqual(loadScenario(caching, 'caching.yaml', options))
  })
})
