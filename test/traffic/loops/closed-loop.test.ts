import type { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { get } from '../../../src/http/request.ts'
import { closedLoop } from '../../../src/traffic/loops/closed-loop.ts'
import { decodeHistogram } from '../../../src/traffic/measure/histogram.ts'
import type { ClosedPlan, Target } from '../../../src/traffic/plan.ts'
import { answer, rawServer, refusedTarget } from '../raw-server.ts'
import { closedPhase, runHere, total } from '../run-here.ts'

const planFor = (target: Target, phases = [closedPhase(300, get('/capacity'))]): ClosedPlan => ({
  mode: 'closed',
  target,
  phases,
  connections: 6,
  timeoutMs: 1000,
  seed: 1,
})

it('keeps every connection busy and accounts for every request', async () => {
  // The first are not answered before six are under way: with fewer, they would time out.
  const first: Socket[] = []
  await using server = await rawServer((socket) => {
    if (first.push(socket) === 6) for (const each of first) each.write(answer('ok'))
    if (first.length > 6) socket.write(answer('ok'))
  })
  const { sent, answered, failed, connected, series } = await runHere(planFor(server.target))
  expect(answered).toBeGreaterThan(6)
  expect(sent).toBe(answered)
  expect(failed).toBe(0)
  expect(connected).toBe(6)
  expect(total(series.map(({ latency }) => decodeHistogram(latency).totalCount))).toBe(answered)
})

it('goes on with new connections where the server closes them', async () => {
  await using server = await rawServer((socket, _request, before) => {
    if (before === 4) socket.end(answer('ok', 'connection: close\r\n'))
    else socket.write(answer('ok'))
  })
  const { sent, answered, failed, connected } = await runHere(planFor(server.target))
  expect(failed).toBe(0)
  expect(sent).toBe(answered)
  expect(connected).toBeGreaterThanOrEqual(Math.floor(answered / 5))
  expect(connected).toBeGreaterThan(6)
})

it('sends at once what answers bring that came at once, after all of them were read', async () => {
  const stopped = new AbortController()
  let sent = 0
  const send = (): void => {
    sent += 1
  }
  const loop = closedLoop({ connections: 3, startedAt: performance.now(), phasesMs: [60_000], send }, stopped.signal)
  loop.finished(false)
  loop.finished(false)
  expect(sent).toBe(3)
  await new Promise(setImmediate)
  expect(sent).toBe(5)
  stopped.abort()
  await loop.over
})

it('does not hammer a port that refuses', async () => {
  const { sent, failures } = await runHere(planFor(await refusedTarget()))
  expect(failures.refused).toBe(sent)
  // Six at a time, a pause of 20 ms after each, for 300 ms.
  expect(sent).toBeLessThanOrEqual(6 * 16)
})

it('goes on where answers break off, and counts each as failed', async () => {
  let served = 0
  await using server = await rawServer((socket) => {
    served += 1
    if (served % 7 === 0) socket.destroy()
    else socket.write(answer('ok'))
  })
  const { sent, answered, failures, failed } = await runHere(planFor(server.target))
  expect(failures.reset).toBeGreaterThan(0)
  expect(failures.reset).toBe(failed)
  expect(sent).toBe(answered + failed)
  // A connection that failed pauses, and then sends again.
  expect(answered).toBeGreaterThan(6 * 6)
})

it('draws its requests from a mix, by the weights and by the seed', async () => {
  const mix = [
    { ...get('/often/{1..50}'), client: 'web', weight: 9, skew: 'uniform' as const },
    { ...get('/rare'), method: 'DELETE', client: 'app', weight: 1, skew: 'uniform' as const },
  ]
  const firstLines = async (seed: number): Promise<readonly string[]> => {
    const lines: string[] = []
    await using server = await rawServer((socket, request) => {
      lines.push(request.split('\r\n')[0]!)
      socket.write(answer('ok'))
    })
    const phase = { ...closedPhase(300, get('/')), mix }
    const { series } = await runHere({ ...planFor(server.target, [phase]), connections: 1, seed })
    const rarely = total(series.filter(({ client }) => client === 'app').map(({ count }) => count))
    expect(rarely).toBe(lines.filter((line) => line.startsWith('DELETE /rare')).length)
    return lines
  }
  const lines = await firstLines(3)
  expect(lines.length).toBeGreaterThan(300)
  const rare = lines.filter((line) => line.startsWith('DELETE /rare ')).length
  expect(rare / lines.length).toBeGreaterThan(0.05)
  expect(rare / lines.length).toBeLessThan(0.16)
  expect(new Set(lines.filter((line) => line.startsWith('GET /often/'))).size).toBeGreaterThan(40)
  expect((await firstLines(3)).slice(0, 300)).toEqual(lines.slice(0, 300))
  expect((await firstLines(4)).slice(0, 300)).not.toEqual(lines.slice(0, 300))
})

it('goes from one phase to the next over the same connections, and tells them apart', async () => {
  await using server = await rawServer((socket) => socket.write(answer('ok')))
  const phases = [
    { ...closedPhase(150, get('/a')), phase: 'warm-up', measured: false },
    { ...closedPhase(300, get('/b')), phase: 'steady' },
  ]
  const { series, connected, answered, samples } = await runHere(planFor(server.target, phases))
  expect(connected).toBe(6)
  const countOf = (phase: string): number =>
    total(series.filter((each) => each.phase === phase).map(({ count }) => count))
  expect(countOf('warm-up')).toBeGreaterThan(0)
  expect(countOf('steady')).toBeGreaterThan(0)
  expect(countOf('warm-up') + countOf('steady')).toBe(answered)
  expect(samples.map(({ phase, request }) => [phase, request.path])).toEqual([
    ['warm-up', '/a'],
    ['steady', '/b'],
  ])
})
