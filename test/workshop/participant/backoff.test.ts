import { expect, test } from 'vitest'
import { backoffMs } from '../../../src/workshop/participant/connection/backoff.ts'

test('twice as long each time, up to 8 s, spread by chance over the upper half', () => {
  const range = (failures: number) => [backoffMs(failures, () => 0), backoffMs(failures, () => 1)]
  expect([1, 2, 3, 5, 50].map(range)).toEqual([
    [250, 500],
    [500, 1000],
    [1000, 2000],
    [4000, 8000],
    [4000, 8000],
  ])
})
