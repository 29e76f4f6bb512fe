/** Whatever bytes a file has, importing ends with a scenario or with an error of the table. */
import { writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EdgeLabError } from '../../src/errors.ts'
import { formatIds } from '../../src/import/access-log/formats/index.ts'
import { combined, load, recordings } from './imported.ts'

const { log, har, folder } = recordings()

async function ends(reading: Promise<unknown>): Promise<void> {
  try {
    const { text } = (await reading) as { readonly text: string }
    expect(load(text).id).toBe('recorded')
  } catch (error) {
    if (!(error instanceof EdgeLabError)) throw error
    expect(['recordingUnreadable', 'unknownLogFormat', 'nothingRecorded', 'brokenHar']).toContain(error.name)
  }
}

const bytes = fc.uint8Array({ maxLength: 600 }).map((array) => Buffer.from(array))
const magic = fc.constantFrom('', '\x1f\x8b', '\x28\xb5\x2f\xfd', '\ufeff', '{"log":{"entries":[')

test('bytes drawn by lot, with and without the begin of something', async () => {
  await fc.assert(
    fc.asyncProperty(magic, bytes, fc.constantFrom(undefined, ...formatIds), async (begin, rest, format) => {
      const content = Buffer.concat([Buffer.from(begin, begin === '\ufeff' ? 'utf8' : 'latin1'), rest])
      await ends(log(content, format ? { format } : {}))
      writeFileSync(`${folder}/bytes.har`, content)
      await ends(har(content.toString('latin1')))
    }),
    { numRuns: 200 },
  )
})

test('targets and user agents drawn by lot make a scenario that loads', async () => {
  const part = fc.oneof(
    fc.constantFrom(
      '/',
      '?',
      '&',
      '=',
      '%',
      '%2F',
      '%zz',
      '..',
      '.',
      '{id}',
      '{1..9}',
      '#',
      ':',
      '"',
      "'",
      '\\',
      '*',
      'a',
      'B',
      '-',
      '~',
      '\u00e9',
      '&x',
      '*y',
      'null',
      'true',
      '0x1',
      '__proto__',
      'constructor',
      'users',
      'http://',
    ),
    fc.string({ unit: 'binary' }),
  )
  const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join('').replace(/[\n\r"\\]/g, ''))
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.tuple(
          fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'DELETE'),
          text,
          text,
          fc.constantFrom(200, 204, 301, 404, 500, 0),
        ),
        { minLength: 1, maxLength: 8 },
      ),
      fc.constantFrom(1, 20),
      async (requests, times) => {
        const lines = requests.map(([method, target, agent, status], at) =>
          combined(at, `${method} /${target} HTTP/1.1`, { status, agent }),
        )
        await ends(log(lines.join('').repeat(times), { format: 'nginx' }))
      },
    ),
    { numRuns: 120 },
  )
})
