import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { commented, writeYaml } from '../../../src/systems/emit/yaml.ts'

test('data is written as a person could have written it, but for the quotes around all that is text', () => {
  expect(
    writeYaml({
      name: 'edge',
      'a/b': true,
      y: 1,
      left_out: undefined,
      routes: commented('First match.\nLongest first.', [
        commented('To the shop.', { prefix: '/a', timeout: '1s' }),
        { prefix: '/' },
      ]),
      none: [],
      empty: {},
    }),
  ).toBe(`name: "edge"
"a/b": true
"y": 1
# First match.
# Longest first.
routes:
  # To the shop.
  - prefix: "/a"
    timeout: "1s"
  - prefix: "/"
none: []
empty: {}
`)
})

const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed() && !value.includes('\0'))

test('any text stays itself in every place, to readers of YAML 1.1 as of 1.2', () => {
  fc.assert(
    fc.property(text, text, (name, value) => {
      const written = writeYaml({ items: [value], members: { [`x${name}`]: value } })
      for (const version of ['1.1', '1.2'] as const)
        expect(parse(written, { version })).toEqual({ items: [value], members: { [`x${name}`]: value } })
    }),
  )
  for (const word of ['no', 'y', 'on', 'null', '~', '1:20', '0x1', '=', '2026-11-01', '- a', '# a', '&a', '*a', '!a'])
    expect(parse(writeYaml([word]), { version: '1.1' })).toEqual([word])
})

test('nothing that is a line break to anybody stands bare in a text', () => {
  const written = writeYaml(['a\u0085b\u2028c\u2029d\rf\ng\ufeff'])
  expect(written).toBe(`- "a\\u0085b\\u2028c\\u2029d\\rf\\ng\\ufeff"\n`)
  expect(parse(written)).toEqual(['a\u0085b\u2028c\u2029d\rf\ng\ufeff'])
})

test.each(['a\0b', '\ud800', Number.NaN, Number.POSITIVE_INFINITY])('%j cannot be written', (value) => {
  expect(() => writeYaml([value])).toThrow(TypeError)
})
