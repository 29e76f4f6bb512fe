import { expect, test } from 'vitest'
import { redact } from '../../src/measurement/redact.ts'

const secrets = [
  { text: 'k-4f1d"0c93aa7e', shown: '‹key of alice›' },
  { text: 'Bearer 0123-4567', shown: '‹authorization of web›' },
]

test('secrets go wherever they stand, as they are and as JSON writes them; nothing else does', () => {
  const value = { body: 'a k-4f1d"0c93aa7e b', json: '{"key":"k-4f1d\\"0c93aa7e"}', n: 3, 'k-4f1d"0c93aa7e': [null] }
  expect(redact(value, secrets)).toEqual({
    body: 'a ‹key of alice› b',
    json: '{"key":"‹key of alice›"}',
    n: 3,
    '‹key of alice›': [null],
  })
})

test.each([
  ['the body ends with k-4f1d"0c', 'the body ends with ‹key of alice›'],
  ['cut with a mark: k-4f1d"0c93aa7…', 'cut with a mark: ‹key of alice›…'],
  ['JSON: k-4f1d\\"0c93…', 'JSON: ‹key of alice›…'],
  ['too little to say: k-4f1d', 'too little to say: k-4f1d'],
  ['no secret: Bearer', 'no secret: Bearer'],
])('cut within a secret: %s', (text, expected) => {
  expect(redact([text], secrets)).toEqual([expected])
})
