import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pathMistake } from '../../../src/policy/paths/path-form.ts'

describe('the one form of a path', () => {
  test.each(['/', '/products', '/café', '/鴨川/{id}', '/a"b{}$c', '/~user/x.y-z_w'])('%s is in it', (path) => {
    expect(pathMistake(path)).toBeUndefined()
  })

  test.each([
    ['/caf%C3%A9', 'write /café'],
    ['/a%7Eb', 'write /a~b'],
    ['/a%2Fb', 'what stands there for % cannot be part of one'],
    ['/a%20b', 'what stands there for % cannot be part of one'],
    ['/100%', 'what stands there for % cannot be part of one'],
    ['/a%ff', 'what stands there for % cannot be part of one'],
    ['/a//b', 'write one slash'],
    ['/a\\b', 'leave it out'],
    ['/a/../b', 'dot segment'],
    ['/cafe\u0301', 'write them composed, /café'],
    ['a', 'begin with /'],
    ['/a b', 'begin with /'],
    [`/${'a'.repeat(200)}`, 'is not a path'],
  ])('%s is not: %s', (path, message) => {
    expect(pathMistake(path)).toContain(message)
  })

  test('what a path should be instead is in the form itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const advice = pathMistake(encodeURI(`/${text}`))?.match(/: write (\/.*)$/)?.[1]
        if (advice !== undefined) expect(pathMistake(advice)).toBeUndefined()
      }),
    )
  })
})
