import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeControl, escapeLine } from '../../src/views/escape-control.ts'

test('spells out what would steer a terminal', () => {
  expect(escapeControl('a\u001b[2Jb')).toBe('a\\x1b[2Jb')
  expect(escapeControl('\u001b]0;title\u0007')).toBe('\\x1b]0;title\\x07')
  expect(escapeControl('\u009b31m')).toBe('\\x9b31m')
  expect(escapeControl('\u001b]8;;http://evil\u001b\\link')).toBe('\\x1b]8;;http://evil\\x1b\\link')
  expect(escapeControl('\u202egpj.exe\u2069')).toBe('\\u202egpj.exe\\u2069')
  expect(escapeControl('over\rwritten')).toBe('over\\x0dwritten')
})

test('spells out what nobody sees, and leaves what holds emoji and scripts together', () => {
  expect(escapeControl('pay\u00ad\u200bpal \ufeff\u3164\u115f')).toBe('pay\\xad\\u200bpal \\ufeff\\u3164\\u115f')
  expect(escapeControl('👩‍🔬 ❤️ می‌خواهم')).toBe('👩‍🔬 ❤️ می‌خواهم')
})

test('leaves text, line feeds and other scripts alone', () => {
  const text = 'Grüße, 世界 – 2 400 × 0.5\n✓ 👩‍🔬'
  expect(escapeControl(text)).toBe(text)
  expect(escapeControl('a\r\n\tb')).toBe('a\n  b')
  expect(escapeLine('a\nb')).toBe('a\\nb')
})

test('no control, override or half character is left, whatever comes in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const safe = escapeControl(text)
      expect(safe).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029]/)
      expect(safe.isWellFormed()).toBe(true)
    }),
  )
})
