/** The probe that floods a limit: what it does where a machine is so slow that all of a flood fits the limit. */
import { expect, test } from 'vitest'
import type { Exchange } from '../../../../src/http/answer.ts'
import { get, type Request } from '../../../../src/http/request.ts'
import { rateLimitProbes } from '../../../../src/policy/features/rate-limit/probes.ts'
import type { ProbeContext, ProbeTools } from '../../../../src/policy/probes/probe.ts'

const line = { path: '/orders', ratePerSecond: 50, burst: 20, per: 'consumer' as const }

/** A full bucket each time, on a machine that takes so long for what passes, and a millisecond for what does not. */
async function flooded(msEach: number, { limits = true } = {}) {
  const floods: number[] = []
  const together = async (requests: readonly Request[]): Promise<readonly Exchange[]> => {
    floods.push(requests.length)
    let tokens = line.burst
    let atMs = 0
    return requests.map((request) => {
      const passes = !limits || tokens >= 1
      const ms = passes ? msEach : 1
      atMs += ms
      tokens += (ms * line.ratePerSecond) / 1000 - (passes ? 1 : 0)
      const headers = passes ? [] : ([['retry-after', '1']] as const)
      return { request, status: passes ? 200 : 429, headers, body: '', durationMs: atMs }
    })
  }
  const tools = { together, dressOrigin: async () => undefined } as Partial<ProbeTools> as ProbeTools
  const context = {
    policy: { apiKey: [] },
    probePaths: () => ['/orders/1'],
    admitted: (path: string) => get(path),
    rested: async () => undefined,
  } as Partial<ProbeContext<{ apiKey: [] }>> as ProbeContext<{ apiKey: [] }>
  const { passed } = await rateLimitProbes(line, context)
    .find(({ id }) => id === 'refuses')!
    .run(tools)
  return { passed, floods }
}

test('one flood is enough where it is answered soon', async () => {
  expect(await flooded(2)).toEqual({ passed: true, floods: [30] })
})

test('refusals tell, however slowly they come', async () => {
  expect(await flooded(6)).toEqual({ passed: true, floods: [30] })
})

test('where all of it passed slowly, a larger one shows the limit', async () => {
  expect(await flooded(12)).toEqual({ passed: true, floods: [30, 30, 60] })
})

test('what limits nothing fails: at once where it is quick, in the end where it is slow', async () => {
  expect(await flooded(2, { limits: false })).toEqual({ passed: false, floods: [30] })
  expect(await flooded(12, { limits: false })).toEqual({ passed: false, floods: [30, 30, 60, 60, 120, 120] })
})
