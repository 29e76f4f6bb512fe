import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCodeOf, joinCodeOf, parseJoinCode } from '../../../src/workshop/protocol/join-code.ts'

const certificates = fc.uint8Array({ minLength: 1, maxLength: 600 })

test('a code is the first 80 bits of the SHA-256, most significant bits first', () => {
  // SHA-256 of nothing begins e3b0c44298fc1c149afb; its bits in fives are those of the code.
  expect(joinCodeOf(new Uint8Array())).toBe('WERC-8GMR-ZGE1-96QV')
  fc.assert(
    fc.property(certificates, (certificate) => {
      const bits = createHash('sha256').update(certificate).digest().subarray(0, 10)
      const fives = [...bits].map((byte) => byte.toString(2).padStart(8, '0')).join('')
      const digits = joinCodeOf(certificate).replaceAll('-', '')
      const values = [...digits].map((digit) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(digit))
      expect(values.map((value) => value.toString(2).padStart(5, '0')).join('')).toBe(fives)
    }),
  )
})

test('however it is typed, it is the same code', () => {
  const slips = fc.array(fc.record({ at: fc.nat(40), what: fc.constantFrom(' ', '-', '–', '\u00a0') }), {
    maxLength: 6,
  })
  fc.assert(
    fc.property(certificates, slips, fc.boolean(), (certificate, inserted, isLower) => {
      const code = joinCodeOf(certificate)
      let typed = code.replaceAll('-', '').replaceAll('0', 'O').replaceAll('1', 'l')
      for (const { at, what } of inserted) typed = typed.slice(0, at) + what + typed.slice(at)
      if (isLower) typed = typed.toLowerCase()
      expect(parseJoinCode(typed)).toBe(code)
      expect(isCodeOf(typed, certificate)).toBe(true)
    }),
  )
})

test('any other digit is another code', () => {
  fc.assert(
    fc.property(certificates, fc.nat(15), fc.integer({ min: 1, max: 31 }), (certificate, at, by) => {
      const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
      const digits = [...joinCodeOf(certificate).replaceAll('-', '')]
      digits[at] = alphabet[(alphabet.indexOf(digits[at]!) + by) % 32]!
      expect(isCodeOf(digits.join(''), certificate)).toBe(false)
    }),
  )
})

test.each([
  '',
  '7QF2',
  '7QF2-M9XK-0ZTB-3HR',
  '7QF2-M9XK-0ZTB-3HRWX',
  '7QF2-M9XK-0ZTB-3HRU',
  '７QF2-M9XK-0ZTB-3HRW',
  'ſQF2-M9XK-0ZTB-3HRW',
])('“%s” is no code', (text) => {
  expect(parseJoinCode(text)).toBeNull()
})
