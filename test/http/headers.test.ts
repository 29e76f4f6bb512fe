import { expect, test } from 'vitest'
import { headerOf, withHeaders } from '../../src/http/headers.ts'

const headers = [
  ['Via', '1.1 a'],
  ['X-Empty', ''],
  ['via', '1.1 b'],
] as const

test('a header is found in any case, repeated values joined in order', () => {
  expect(headerOf(headers, 'VIA')).toBe('1.1 a, 1.1 b')
  expect(headerOf(headers, 'x-empty')).toBe('')
  expect(headerOf(headers, 'constructor')).toBeUndefined()
})

test('headers laid over others take the place of every one of their name', () => {
  expect(withHeaders(headers, [['VIA', 'c']])).toEqual([
    ['X-Empty', ''],
    ['VIA', 'c'],
  ])
  expect(withHeaders(headers, [])).toEqual(headers)
})
