import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { curlOf } from '../../../src/views/evidence/curl.ts'

test('method and headers are named, the address is left to whoever sends it', () => {
  expect(curlOf({ method: 'GET', path: '/products/9', headers: [['accept', 'application/xml']] })).toBe(
    `curl -i -H 'accept: application/xml' "$EDGE"'/products/9'`,
  )
  expect(curlOf({ method: 'POST', path: '/', headers: [] })).toBe(`curl -i -X 'POST' "$EDGE"'/'`)
})

test('whatever is in a header, a shell takes it for one argument and runs nothing', () => {
  const nasty = `x'; touch /tmp/owned; echo '"$(id)\`id\``
  const command = curlOf({ method: 'GET', path: `/${nasty}`, headers: [['x-a', nasty]] })
  const args = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; EDGE=http://edge; ${command}`], {
    encoding: 'utf8',
  })
  expect(args.split('\n')).toEqual(['-i', '-H', `x-a: ${nasty}`, `http://edge/${nasty}`, ''])
})

test.each([
  '{"name":"ä ’"}',
  `it's "quoted" $(id) \`id\` \\n`,
  "two\nlines\r\n\tand a tab, \u001b[2J, \u202e and \u{e0001}, \\x41 and it’s 'so'",
])('a body arrives as it is, and shows nothing that steers a screen: %j', (body) => {
  const command = curlOf({ method: 'PUT', path: '/', headers: [], body })
  expect(command).not.toMatch(/[\u0000-\u001f\u202e\u{e0001}]/u)
  const said = execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; }; EDGE=http://edge; ${command}`], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
  expect(said.split('\0')).toEqual(['-i', '-X', 'PUT', '--data-raw', body, 'http://edge/', ''])
})

test('a HEAD does not wait for a body', () => {
  expect(curlOf({ method: 'HEAD', path: '/', headers: [] })).toBe(`curl -i --head "$EDGE"'/'`)
})

test('it is one line without control characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(curlOf({ method: 'GET', path: text, headers: [[text, text]], body: text })).not.toMatch(
        /[\u0000-\u001f\u007f-\u009f]/,
      )
    }),
  )
})
