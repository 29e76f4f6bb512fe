import { expect, test } from 'vitest'
import { endTime } from '../../../../../src/views/tui/workshop/keys/end-time.ts'

// Of the clock on the wall, whatever zone the test runs in.
const now = new Date(2026, 10, 29, 15, 40).getTime()
const at = (day: number, hour: number, minute: number) => new Date(2026, 10, day, hour, minute).toISOString()

test.each([
  ['16:30', at(29, 16, 30)],
  ['9:05', at(30, 9, 5)],
  [' 20 ', at(29, 16, 0)],
  ['+20', at(29, 16, 0)],
  ['20 min', at(29, 16, 0)],
  ['', null],
  ['soon', undefined],
  ['25:00', undefined],
  ['16:60', undefined],
  ['-5', undefined],
])('%j', (typed, expected) => {
  expect(endTime(typed, now)).toBe(expected)
})
