/** The probe that keeps a limit busy, on a clock of its own: what it does where the machine is too busy to tell. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Exchange } from '../../../../src/http/answer.ts'
import { get, type Request } from '../../../../src/http/request.ts'
import { keptBusy } from '../../../../src/policy/features/rate-limit/kept-busy.ts'
import type { ProbeTools } from '../../../../src/policy/probes/probe.ts'

const line = { path: '/orders', ratePerSecond: 20, burst: 10, per: 'consumer' as const }
const flood = 20
const stepsOfOneAttempt = 11

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

function pass(ms: number): void {
  vi.advanceTimersByTime(ms)
}

/** A token bucket of the line; its `nth` batch (from 0) is answered after so many milliseconds. */
function bucketThatTakes(msOf: (nth: number) => number): { readonly tools: ProbeTools; batches: () => number } {
  let tokens = line.burst
  let filledMs = performance.now()
  let batches = 0
  const answer = (request: Request): Exchange => {
    const nowMs = performance.now()
    tokens = Math.min(line.burst, tokens + ((nowMs - filledMs) * line.ratePerSecond) / 1000)
    filledMs = nowMs
    const passes = tokens >= 1
    if (passes) tokens -= 1
    return { request, status: passes ? 200 : 429, headers: [], body: '', durationMs: 1 }
  }
  const together = async (requests: readonly Request[]): Promise<readonly Exchange[]> => {
    const answers = requests.map(answer)
    pass(msOf(batches))
    batches += 1
    return answers
  }
  const wait = async (ms: number): Promise<void> => pass(Math.max(0, ms))
  return { tools: { together, wait } as Partial<ProbeTools> as ProbeTools, batches: () => batches }
}

async function held(tools: ProbeTools) {
  const ask = (count: number) => Array.from({ length: count }, () => get('/orders/1'))
  const rested = async (): Promise<void> => pass(500)
  const [probe] = keptBusy(line, flood, ask, rested)
  return probe!.run(tools)
}

test('it is watched once where every step comes in time', async () => {
  const { tools, batches } = bucketThatTakes(() => 5)
  expect(await held(tools)).toMatchObject({ passed: true, shows: 'token bucket' })
  expect(batches()).toBe(stepsOfOneAttempt)
})

test('it is watched again where a step came too late to tell the algorithm', async () => {
  const { tools, batches } = bucketThatTakes((nth) => (nth === 1 ? 200 : 5))
  expect(await held(tools)).toMatchObject({ passed: true, shows: 'token bucket' })
  expect(batches()).toBe(2 * stepsOfOneAttempt)
})

test('on a machine that stays too busy it holds all the same, and its algorithm is not told', async () => {
  const { tools, batches } = bucketThatTakes((nth) => (nth % stepsOfOneAttempt === 1 ? 200 : 5))
  const seen = await held(tools)
  expect(seen).toMatchObject({ passed: true, received: expect.stringContaining('too late to tell the algorithm') })
  expect(seen.shows).toBeUndefined()
  expect(batches()).toBe(3 * stepsOfOneAttempt)
})

test('what lets too much through fails at once, however late', async () => {
  const { tools, batches } = bucketThatTakes((nth) => (nth === 1 ? 200 : 5))
  const generous = { ...tools, together: async (all: readonly Request[]) => (await tools.together(all)).map(asPassed) }
  expect((await held(generous)).passed).toBe(false)
  expect(batches()).toBe(stepsOfOneAttempt)
})

function asPassed(exchange: Exchange): Exchange {
  return { ...exchange, status: 200 }
}
