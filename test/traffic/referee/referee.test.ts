import { describe, expect, it } from 'vitest'
import { get } from '../../../src/http/request.ts'
import { percentileUs } from '../../../src/traffic/measure/histogram.ts'
import { fire } from '../../../src/traffic/referee/cannon.ts'
import { selfTest } from '../../../src/traffic/referee/self-test.ts'
import { answer, rawServer } from '../raw-server.ts'

const never = new AbortController().signal

describe('the self-test', () => {
  it('holds with what is mended', async () => {
    const { holds, seen, tool } = await selfTest('autocannon')
    expect(`${holds}: ${seen}`).toMatch(
      /^true: In its self-test, of a server that closed \d+ connections .* mixed up 0 of/,
    )
    expect(tool).toBe('autocannon')
  })

  it('does not hold with autocannon as it is', async () => {
    const { holds, seen } = await selfTest('autocannon', { mended: false })
    expect(`${holds}: ${seen}`).toMatch(/^false: .* mixed up [1-9]/)
  })
})

it('goes round the requests on every connection, and counts what comes within the time', async () => {
  const asked = new Map<string, number>()
  await using server = await rawServer((socket, request) => {
    const path = request.split(' ')[1]!
    asked.set(path, (asked.get(path) ?? 0) + 1)
    socket.write(answer('ok'))
  })
  const requests = ['/a', '/b', '/c'].map((path) => get(path, { 'x-key': 'k' }))
  const plan = { target: server.target, connections: 3, warmUpMs: 100, durationMs: 200, timeoutMs: 1000, requests }
  const { answered, errors, latency, durationMs } = await fire(plan, never)
  const all = [...asked.values()].reduce((sum, count) => sum + count, 0)
  expect(answered).toBeGreaterThan(30)
  expect(answered).toBeLessThan(all)
  expect([errors, durationMs, server.accepted()]).toEqual([0, 200, 3])
  expect(percentileUs(latency, 50)).toBeGreaterThan(0)
  for (const path of ['/a', '/b', '/c']) expect(asked.get(path)! / all).toBeCloseTo(1 / 3, 1)
})
