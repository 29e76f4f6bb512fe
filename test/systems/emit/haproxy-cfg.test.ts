import { expect, test } from 'vitest'
import {
  acl,
  blank,
  comment,
  line,
  section,
  writeHaproxyCfg,
  writeHaproxyMap,
} from '../../../src/systems/emit/haproxy-cfg.ts'

test('it is written as HAProxy’s people write it', () => {
  expect(
    writeHaproxyCfg('Two\nlines.', [
      section(['global'], [line('nbthread', '1')]),
      section(
        ['frontend', 'edge'],
        [
          blank,
          line('bind', '127.0.0.1:80'),
          comment('one\ntwo'),
          blank,
          blank,
          acl('below', 'var(txn.path)', 'beg', '/it\'s "a" #1/'),
          acl('flag', 'path', 'str', '-i'),
          line('http-request', 'return', 'status', '404', 'string', '{"error":"not_found"}', 'if', '!{', 'below', '}'),
          blank,
        ],
      ),
    ]),
  ).toBe(`# Two
# lines.

global
    nbthread 1

frontend edge
    bind 127.0.0.1:80
    # one
    # two

    acl below var(txn.path) -m beg '/it'\\''s "a" #1/'
    acl flag path -m str -- -i
    http-request return status 404 string '{"error":"not_found"}' if !{ below }
`)
})

test('a map has a key and a value on each line', () => {
  expect(
    writeHaproxyMap([
      ['k-1', 'alice'],
      ["# it's é", 'bob'],
    ]),
  ).toBe('k-1 alice\n%23%20it%27s%20%C3%A9 bob\n')
})

test.each(['', ' a', 'a ', 'a\nb', '\ud800'])('a map cannot hold the value %j', (value) => {
  expect(() => writeHaproxyMap([['key', value]])).toThrow(TypeError)
})

test.each(['', 'a\0b', '\ud800'])('%j cannot be written as a word', (word) => {
  expect(() => writeHaproxyCfg('', [section(['global'], [line('a', word)])])).toThrow(TypeError)
})
