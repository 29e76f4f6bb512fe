import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { onTick } from '../../../../src/views/tui/widgets/ticker.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('one timer for everybody, four times a second; none while nobody listens', () => {
  const [first, second] = [vi.fn(), vi.fn()]
  expect(vi.getTimerCount()).toBe(0)
  const endFirst = onTick(first)
  const endSecond = onTick(second)
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(1000)
  endFirst()
  vi.advanceTimersByTime(1000)
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([4, 8])
  endSecond()
  expect(vi.getTimerCount()).toBe(0)
})

test('who leaves twice leaves once', () => {
  const stays = vi.fn()
  const end = onTick(vi.fn())
  const endStaying = onTick(stays)
  end()
  end()
  vi.advanceTimersByTime(250)
  expect(stays).toHaveBeenCalledTimes(1)
  endStaying()
})
