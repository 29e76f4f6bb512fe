import { describe, expect, test } from 'vitest'
import { keyHeaderMistake } from '../../../../src/policy/features/api-key/key-header.ts'

describe('the header of a key', () => {
  test.each(['x-api-key', 'authorization', 'api-key', 'key', 'x-hosting', 'constructor'])(
    '%s can carry one',
    (name) => {
      expect(keyHeaderMistake(name)).toBeUndefined()
    },
  )

  test.each([
    ...[
      'host',
      'content-length',
      'transfer-encoding',
      'connection',
      'te',
      'trailer',
      'upgrade',
      'expect',
      'keep-alive',
    ],
    ...['proxy-authorization', 'x-consumer', 'x-forwarded-for', 'accept', 'accept-encoding', 'cache-control', 'cookie'],
    ...['range', 'if-none-match', 'date', 'via', 'sec-fetch-mode', 'x-edge-representation'],
  ])('%s cannot', (name) => {
    expect(keyHeaderMistake(name)).toContain('HTTP or the edge itself uses that header')
  })

  test('anything but a name is not a header name', () => {
    expect(keyHeaderMistake('X-Api-Key')).toContain('is not a header name')
  })
})
