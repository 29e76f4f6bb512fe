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

test('it is one line without control characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(curlOf({ method: 'GET', path: text, headers: [[text, text]] })).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
    }),
  )
})
