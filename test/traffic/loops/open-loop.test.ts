import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { schedule } from '../../../src/scenario/schedule/schedule.ts'
import { decodeHistogram, percentileUs, sumHistograms } from '../../../src/traffic/measure/histogram.ts'
import { answer, rawServer, refusedTarget } from '../raw-server.ts'
import { burst, openPlan, runHere, scheduled, steady, total } from '../run-here.ts'

describe('a run whose requests are all answered', () => {
  it('sends what is scheduled and accounts for it in every way', async () => {
    await using server = await rawServer((socket, request) => {
      const cache = request.startsWith('GET /b') ? 'x-cache: hit\r\n' : ''
      socket.write(answer('0123456789', cache))
    })
    const plan = openPlan(server.target, [steady(300, 700, '/a/{1..9}', '/b'), burst(30, 300, '/c')])
    const due = scheduled(plan)
    const outcome = await runHere(plan)
    expect(outcome).toMatchObject({ sent: due, answered: due, failures: {} })
    expect(total(outcome.series.map(({ count }) => count))).toBe(due)
    expect(total(outcome.series.map(({ bodyBytes }) => bodyBytes))).toBe(due * 10)
    expect(total(outcome.slots.map(({ count }) => count))).toBe(due)
    for (const each of outcome.series) {
      expect(decodeHistogram(each.latency).totalCount).toBe(each.count)
      expect(decodeHistogram(each.service).totalCount).toBe(each.count)
      expect(each.cache).toBe(each.phase === 'steady' && each.mixIndex === 1 ? 'HIT' : '')
      expect(each.client).toBe(each.mixIndex === 1 ? 'app' : 'web')
    }
    expect(sumHistograms(outcome.frames.map(({ lateness }) => lateness)).totalCount).toBe(due)
    expect(outcome.frames.at(-1)?.inFlight).toBe(0)
    expect(outcome.connected).toBe(server.accepted())
    expect(outcome.connected).toBeLessThanOrEqual(plan.connections)
    expect(total(outcome.frames.map(({ busyMs }) => busyMs))).toBeGreaterThan(0)
  })

  it('puts every answer into the tenth of a second in which its request was due', async () => {
    await using server = await rawServer((socket) => setTimeout(() => socket.write(answer('late')), 150))
    const plan = openPlan(server.target, [steady(100, 500, '/a'), burst(10, 300, '/b')])
    const expected = new Map<number, number>()
    for (const { atMs } of schedule(plan.phases, plan.seed)) {
      const slot = Math.floor(atMs / 100) * 100
      expected.set(slot, (expected.get(slot) ?? 0) + 1)
    }
    const { slots } = await runHere(plan)
    const counted = new Map<number, number>()
    for (const { atMs, count } of slots) counted.set(atMs, (counted.get(atMs) ?? 0) + count)
    expect(counted).toEqual(expected)
  })

  it('sends the scheduled paths in order, with the client’s headers', async () => {
    const seen: string[] = []
    await using server = await rawServer((socket, request) => {
      seen.push(request)
      socket.write(answer('ok'))
    })
    const plan = openPlan(server.target, [steady(200, 300, '/a/{1..99}', '/b?c=%20d')], { connections: 1 })
    await runHere(plan)
    const host = `${server.target.host}:${server.target.port}`
    const headers = [`host: ${host}\r\naccept: application/json`, `host: ${host}\r\nx-key: k-1`]
    const expected = [...schedule(plan.phases, plan.seed)].map(
      ({ path, mixIndex }) => `GET ${path} HTTP/1.1\r\n${headers[mixIndex]}`,
    )
    expect(seen).toEqual(expected)
  })

  it('counts latency from the intended time where connections are short', async () => {
    await using server = await rawServer((socket) => setTimeout(() => socket.write(answer('slow')), 30))
    const outcome = await runHere(openPlan(server.target, [burst(8, 50, '/a')], { connections: 1 }))
    const latency = sumHistograms(outcome.series.map((each) => each.latency))
    const service = sumHistograms(outcome.series.map((each) => each.service))
    expect(outcome.answered).toBe(8)
    // The last of eight waits for seven others of 30 ms each; each by itself takes about 30.
    expect(percentileUs(latency, 100)).toBeGreaterThan(200_000)
    expect(percentileUs(service, 50)).toBeLessThan(percentileUs(latency, 100) / 3)
  })
})

describe('failures, by kind', () => {
  const phases = [steady(100, 300, '/a')]

  it('refused: nobody listens', async () => {
    const plan = openPlan(await refusedTarget(), phases)
    expect(await runHere(plan)).toMatchObject({ answered: 0, failures: { refused: scheduled(plan) }, connected: 0 })
  })

  it('timeout and unsent: a black hole', async () => {
    await using server = await rawServer(() => undefined)
    const plan = openPlan(server.target, phases, { timeoutMs: 200, connections: 3 })
    const { failures, answered, failed, sent } = await runHere(plan)
    expect(answered).toBe(0)
    expect(failed).toBe(scheduled(plan))
    expect(Object.keys(failures).toSorted()).toEqual(['timeout', 'unsent'])
    expect(sent).toBe(failures.timeout)
  })

  it.each([
    ['a FIN before the answer', (socket: Socket) => socket.end()],
    ['a RST before the answer', (socket: Socket) => socket.resetAndDestroy()],
    ['a FIN in the middle', (socket: Socket) => socket.end(answer('0123456789').slice(0, -3))],
  ] as const)('reset: %s', async (_what, close) => {
    await using server = await rawServer((socket) => void close(socket))
    const plan = openPlan(server.target, phases)
    const due = scheduled(plan)
    expect(await runHere(plan)).toMatchObject({ sent: due, failures: { reset: due }, samples: [] })
  })

  it('protocol: garbage', async () => {
    await using server = await rawServer((socket) => socket.write('220 mail.example ESMTP\r\n'))
    const plan = openPlan(server.target, phases)
    expect(await runHere(plan)).toMatchObject({ answered: 0, failures: { protocol: scheduled(plan) } })
  })

  it('a mixture adds up, and the good ones are counted', async () => {
    let count = 0
    await using server = await rawServer((socket) => {
      count += 1
      if (count % 3 === 0) socket.resetAndDestroy()
      else if (count % 3 === 1) socket.write('nonsense')
      else socket.write(answer('ok'))
    })
    const plan = openPlan(server.target, phases)
    const { answered, failed, failures } = await runHere(plan)
    expect(answered + failed).toBe(scheduled(plan))
    expect(Math.min(answered, failures.reset ?? 0, failures.protocol ?? 0)).toBeGreaterThan(0)
  })
})
