import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Interrupt, onInterrupt } from '../../src/commands/interrupt.ts'

let interrupt: Interrupt
let said: string[]
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  vi.spyOn(process, 'exit').mockImplementation((() => undefined) as never)
  said = []
  interrupt = onInterrupt((line) => void said.push(line))
})
afterEach(() => {
  interrupt.release()
  vi.useRealTimers()
  vi.restoreAllMocks()
})
const press = (name: NodeJS.Signals = 'SIGINT'): void => void process.emit(name, name)

test('a Ctrl-C that comes twice, from the terminal and through the launcher, stops and does not force', () => {
  press()
  vi.advanceTimersByTime(60)
  press()
  expect(interrupt.signal.aborted).toBe(true)
  expect(said).toEqual(['Stopping; what was started is being removed. Once more to force.'])
  expect(process.exit).not.toHaveBeenCalled()
})

test('pressed again, it forces', () => {
  press()
  vi.advanceTimersByTime(300)
  press()
  expect(process.exit).toHaveBeenCalledWith(130)
})

test('other signals never force', () => {
  press('SIGHUP')
  vi.advanceTimersByTime(300)
  press('SIGTERM')
  expect(interrupt.signal.aborted).toBe(true)
  expect(process.exit).not.toHaveBeenCalled()
})
