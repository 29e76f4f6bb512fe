import type { Socket } from 'node:net'
import { expect, it } from 'vitest'
import { get } from '../../../src/http/request.ts'
import { decodeHistogram } from '../../../src/traffic/measure/histogram.ts'
import type { ClosedPlan, Target } from '../../../src/traffic/plan.ts'
import { answer, rawServer, refusedTarget } from '../raw-server.ts'
import { runHere, total } from '../run-here.ts'

const planFor = (target: Target): ClosedPlan => ({
  mode: 'closed',
  target,
  request: get('/capacity'),
  connections: 6,
  durationMs: 300,
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

it('does not hammer a port that refuses', async () => {
  const { sent, failures } = await runHere(planFor(await refusedTarget()))
  expect(failures.refused).toBe(sent)
  // Six at a time, a pause of 20 ms after each, for 300 ms.
  expect(sent).toBeLessThanOrEqual(6 * 16)
})
