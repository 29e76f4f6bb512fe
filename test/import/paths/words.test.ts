import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isWord, kindOf } from '../../../src/import/paths/words.ts'

describe('parts of paths', () => {
  test.each(
    'products api v1 v2 search checkout index.html app.min.js order-lines order_lines getPrices graphql oauth2 favicon.ico wp-login.php robots.txt sitemap.xml internationalization health api-docs style.css'.split(
      ' ',
    ),
  )('%s is a word', (text) => expect(isWord(text)).toBe(true))

  test.each([
    ['7', 'numbers'],
    ['000123', 'numbers'],
    ['6f1c9e6a-0b0f-4b7e-9d59-0f5a3c1d2e4f', 'UUIDs'],
    ['3f2a1b9cdeadbeef', 'hashes'],
    ['2026-10-10', 'dates'],
    ['ann@shop.example', 'e-mail addresses'],
    ['ann%40shop.example', 'e-mail addresses'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', 'other'],
    ['sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'other'],
    ['xkcdqwrtzpsdf', 'other'],
    ['main.3f2a1b.js', 'other'],
    ['order-4711', 'other'],
    ['10.0.0.1', 'other'],
    ['+4930123456', 'other'],
    ['caf%C3%A9', 'other'],
    ['{id}', 'other'],
    ['how-to-cook-rice-well', 'other'],
    ['', 'other'],
  ])('%s is none: %s', (text, kind) => expect(kindOf(text, '')).toBe(kind))

  test('a word behind people and keys is somebody, unless it is asked of all of them', () => {
    expect(kindOf('alice', 'users')).toBe('people and keys')
    expect(kindOf('correcthorse', 'reset')).toBe('people and keys')
    expect(kindOf('me', 'users')).toBe('word')
    expect(kindOf('alice', 'products')).toBe('word')
  })

  test('tokens drawn by lot are words once in a thousand', () => {
    const passed = (encoding: BufferEncoding, bytes: number): number =>
      Array.from({ length: 2000 }, () => randomBytes(bytes).toString(encoding)).filter(isWord).length
    expect(passed('base64url', 12)).toBeLessThanOrEqual(4)
    expect(passed('base64url', 24)).toBe(0)
    expect(passed('hex', 8)).toBe(0)
  })
})
