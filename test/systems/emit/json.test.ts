import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type JsonData, writeJson } from '../../../src/systems/emit/json.ts'

test('what is written is read as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (data) => {
      expect(JSON.parse(writeJson(data as JsonData))).toEqual(JSON.parse(JSON.stringify(data)))
    }),
  )
})

test('what fits into a line stands in one, and no line is longer than it must be', () => {
  const row = { name: 'catalogue', weights: [3, 1] }
  expect(writeJson({ rows: [row] })).toBe('{"rows": [{"name": "catalogue", "weights": [3, 1]}]}\n')
  expect(writeJson({ rows: [row, row, row] })).toBe(`{
  "rows": [
    {"name": "catalogue", "weights": [3, 1]},
    {"name": "catalogue", "weights": [3, 1]},
    {"name": "catalogue", "weights": [3, 1]}
  ]
}
`)
})

test('half a surrogate pair is no text', () => {
  expect(() => writeJson(['\ud800'])).toThrow(TypeError)
})
