import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareBodies, layOut } from '../../../src/views/evidence/body-diff.ts'

const product = '{"id":7,"name":"Ōtsuka","price":{"amount":1.50,"currency":"EUR"},"tags":[]}'

test('JSON is laid out with its numbers as they were written', () => {
  expect(layOut(product)).toEqual([
    '{',
    '  "id": 7,',
    '  "name": "Ōtsuka",',
    '  "price": {',
    '    "amount": 1.50,',
    '    "currency": "EUR"',
    '  },',
    '  "tags": []',
    '}',
  ])
})

test('half a document is laid out as far as it goes', () => {
  expect(layOut('{"a":{"b":"cut off he')).toEqual(['{', '  "a": {', '    "b": "cut off he'])
  expect(layOut('<r><a>1</a><b>cut')).toEqual(['<r>', '  <a>1</a>', '  <b>', '    cut'])
})

test('XML: elements below each other, text beside its element', () => {
  expect(layOut('<?xml version="1.0"?><r><a>1 &lt; 2</a><b/><c></c></r>')).toEqual([
    '<?xml version="1.0"?>',
    '<r>',
    '  <a>1 &lt; 2</a>',
    '  <b/>',
    '  <c></c>',
    '</r>',
  ])
})

test('what a body has otherwise than the one before is marked, blanks and order of arrival aside', () => {
  const [first, spaced, changed] = compareBodies([
    product,
    product.replaceAll(',', ',\n '),
    product.replace('1.50', '1.5'),
  ])
  expect(first?.against).toBeNull()
  expect(spaced).toEqual({ lines: first?.lines, against: 0 })
  expect(changed?.lines.filter(({ mark }) => mark === 'other').map(({ text }) => text.trim())).toEqual([
    '"amount": 1.5,',
  ])
})

test('each body is compared with the most similar one of its form', () => {
  const xml = '<r><a>1</a><b>2</b></r>'
  const compact = '{"i":7,"n":"Ōtsuka","p":[1.50,"EUR"]}'
  const against = compareBodies([product, xml, compact, compact.replace('7', '8'), xml]).map((each) => each.against)
  expect(against).toEqual([null, null, null, 2, 1])
})

test('any text: nothing of it is lost but blanks, and equal bodies have no difference', () => {
  const text = fc.string({
    unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '<', '>', '/', 'a', '1', ' ', '\\', '\n'),
  })
  fc.assert(
    fc.property(text, (body) => {
      const bare = (each: string): string => each.replaceAll(/\s/g, '')
      expect(bare(layOut(body).join(''))).toBe(bare(body))
      const [, again] = compareBodies([body, body])
      expect(again?.lines.every(({ mark }) => mark === 'same')).toBe(true)
    }),
  )
})
