import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  blank,
  block,
  comment,
  directive,
  ifEmpty,
  literal,
  luaBlock,
  verbatim,
  writeNginxConf,
} from '../../../src/systems/emit/nginx-conf.ts'
import { tokens } from './nginx-tokens.ts'

test('it is written as nginx’s people write it', () => {
  expect(
    writeNginxConf([
      directive('worker_processes', '1'),
      blank,
      block(
        'http',
        [],
        [
          blank,
          comment('two\nlines'),
          directive('proxy_set_header', 'Connection', ''),
          directive('return', '404', '{"error":"not_found"}'),
          ifEmpty('$consumer', directive('return', '401')),
          luaBlock('init_by_lua_block', 'require "a"\nrequire "b"'),
          blank,
        ],
      ),
    ]),
  ).toBe(`worker_processes 1;

http {
    # two
    # lines
    proxy_set_header Connection "";
    return 404 '{"error":"not_found"}';
    if ($consumer = "") {
        return 401;
    }
    init_by_lua_block {
        require "a"
        require "b"
    }
}
`)
})

/** Strings full of what means something to nginx. */
const hostile = fc
  .array(fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.constantFrom(...'"\'\\{};#$ \n\r\t~=*ntx0é')), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''))
  .filter((text) => text.isWellFormed() && !text.includes('\0'))

test('any value from outside is read back as that value and nothing else', () => {
  fc.assert(
    fc.property(hostile, hostile, (first, second) => {
      const text = writeNginxConf([
        directive('before', verbatim(first), verbatim(second)),
        block('location', [verbatim(second)], [directive('inside', verbatim(first))]),
        directive('after'),
      ])
      expect(tokens(text)).toEqual(
        [
          'before',
          { value: first },
          { value: second },
          ';',
          'location',
          { value: second },
          '{',
          'inside',
          { value: first },
          ';',
          '}',
          'after',
          ';',
        ].map((token) => (typeof token === 'string' && !';{}'.includes(token) ? { value: token } : token)),
      )
    }),
    { numRuns: 2000 },
  )
})

test('where nginx replaces variables, a dollar sign from outside is refused and all else passes', () => {
  fc.assert(
    fc.property(hostile, (value) => {
      const write = () => writeNginxConf([directive('set', '$x', literal(value))])
      if (value.includes('$')) expect(write).toThrow(TypeError)
      else expect(tokens(write())).toEqual([{ value: 'set' }, { value: '$x' }, { value }, ';'])
    }),
  )
})

test('a comment cannot end early', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(tokens(writeNginxConf([comment(text), directive('a')]))).toEqual([{ value: 'a' }, ';'])
    }),
  )
})

test.each(['a\0b', '\ud800'])('%j cannot be written at all', (value) => {
  expect(() => writeNginxConf([directive('a', verbatim(value))])).toThrow(TypeError)
})
