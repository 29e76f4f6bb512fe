/** What the writer writes, read by the HAProxy that is installed here: it says each value again. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { acl, line, section, writeHaproxyCfg, writeHaproxyMap } from '../../../src/systems/emit/haproxy-cfg.ts'
import { haproxy } from '../../../src/systems/haproxy/index.ts'
import { hostAndPort, readyPath, type Site, type System } from '../../../src/systems/system.ts'
import { withSystem } from '../each-system.ts'
import { hostileTexts } from '../hostile.ts'

/** Strings full of what means something to HAProxy. */
const hostile = fc
  .array(fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.constantFrom(...'"\'\\{}#$% \n\r\t-!()|,ntx0é')), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) => parts.join(''))
  .filter((text) => text !== '' && text.isWellFormed() && !text.includes('\0'))

const values = [...new Set([...hostileTexts, '-i', '--', '}', 'or', '\n', '\\', ...fc.sample(hostile, 250)])]

/** Each value as an answer, as a pattern and as a key of a map. */
function witness({ listen }: Site): string {
  const asked = 'req.fhdr(x-value),url_dec'
  const rules = values.flatMap((value, n) => [
    line(
      'http-request',
      'return',
      'status',
      '200',
      'content-type',
      'text/plain',
      'string',
      value,
      'if',
      '{',
      'path',
      `/word/${n}`,
      '}',
    ),
    acl(`pattern_${n}`, asked, 'str', value),
    line(
      'http-request',
      'return',
      'status',
      '200',
      'content-type',
      'text/plain',
      'string',
      String(n),
      'if',
      '{',
      'path',
      '/pattern',
      '}',
      `pattern_${n}`,
    ),
  ])
  return writeHaproxyCfg('A witness.', [
    section(['global'], [line('default-path', 'config')]),
    section(
      ['defaults'],
      [line('mode', 'http'), ...['connect', 'client', 'server'].map((side) => line('timeout', side, '5s'))],
    ),
    section(
      ['frontend', 'edge'],
      [
        line('bind', hostAndPort(listen)),
        line('http-request', 'return', 'status', '204', 'if', '{', 'path', readyPath, '}'),
        ...rules,
        line(
          'http-request',
          'return',
          'status',
          '200',
          'content-type',
          'text/plain',
          'lf-string',
          `%[${asked},url_enc,map_str(words.map)]`,
          'if',
          '{',
          'path',
          '/map',
          '}',
        ),
      ],
    ),
  ])
}

const telling: System = {
  ...haproxy,
  compile: (_, site) => ({
    files: [
      { path: 'haproxy.cfg', language: 'haproxy', text: witness(site) },
      { path: 'words.map', language: 'text', text: writeHaproxyMap(values.map((value, n) => [value, String(n)])) },
    ],
    fidelity: [],
  }),
}

withSystem(telling, ({ edge }) => {
  test('any value is read as that value and nothing else', async () => {
    const { send } = await edge({}, {})
    for (const [n, value] of values.entries()) {
      const headers = { 'x-value': encodeURIComponent(value) }
      const answers = await Promise.all([send(`/word/${n}`), send('/pattern', headers), send('/map', headers)])
      expect(answers.map(({ body }) => body)).toEqual([value, String(n), String(n)])
    }
    expect((await send('/pattern', { 'x-value': 'another' })).status).toBe(503)
    expect((await send('/map', { 'x-value': 'another' })).body).toBe('')
  })
})
