import { once } from 'node:events'
import type { Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { get } from '../../src/http/request.ts'
import { controlServer } from '../../src/traffic/control-server.ts'
import { connectDriver, type DriverClient } from '../../src/traffic/driver-client.ts'
import { type DriverPlan, driverControl, type Frame } from '../../src/traffic/plan.ts'
import { answer, listening, type RawServer, rawServer } from './raw-server.ts'
import { burst, burstOf, openPlan, scheduled, steady, total } from './run-here.ts'

const token = 'a-token-of-this-test'
let control: Server
let url: string
let driver: DriverClient
let target: RawServer
let requests: number

beforeEach(async () => {
  requests = 0
  target = await rawServer((socket) => {
    requests += 1
    socket.write(answer('ok'))
  })
  control = controlServer(token)
  const { host, port } = await listening(control)
  url = `http://${host}:${port}`
  driver = connectDriver(url, token)
})
afterEach(async () => {
  control.closeAllConnections()
  control.close()
  await target[Symbol.asyncDispose]()
})

const never = () => new AbortController().signal
const minute = (): DriverPlan => openPlan(target.target, [steady(100, 60_000, '/a')])

/** Starts a run that goes on until it is aborted, and waits until requests arrive. */
async function running(): Promise<{ readonly ended: Promise<unknown>; abort(): void }> {
  const stop = new AbortController()
  const ended = driver.run(minute(), () => undefined, stop.signal).catch((error: unknown) => error)
  await vi.waitFor(() => expect(requests).toBeGreaterThan(0), 10_000)
  return { ended, abort: () => stop.abort(new Error('enough')) }
}

describe('who may ask', () => {
  it('anybody may ask whether it is ready', async () => {
    expect((await fetch(`${url}${driverControl.ready}`)).status).toBe(204)
  })

  it.each([undefined, 'Bearer', `Bearer ${token}x`, `bearer ${token.slice(1)}`, token, `Basic ${token}`])(
    'nothing else without the token: %s',
    async (authorization) => {
      for (const path of [driverControl.run, driverControl.exchange, '/nowhere']) {
        const headers = authorization === undefined ? {} : { authorization }
        const body = JSON.stringify(minute())
        expect((await fetch(`${url}${path}`, { method: 'POST', headers, body })).status).toBe(401)
      }
      expect(requests).toBe(0)
    },
  )

  it('what makes no sense is refused in words', async () => {
    const headers = { authorization: `Bearer ${token}` }
    const post = async (path: string, body: string) => {
      const response = await fetch(`${url}${path}`, { method: 'POST', headers, body })
      return [response.status, await response.text()]
    }
    expect(await post('/nowhere', '{}')).toEqual([404, 'no such path'])
    expect(await post(driverControl.run, '{')).toEqual([400, expect.stringMatching(/JSON/)])
    expect(await post(driverControl.run, `"${'x'.repeat(5_000_000)}"`)).toEqual([400, 'the request is too large'])
    expect((await fetch(`${url}${driverControl.run}`, { headers })).status).toBe(405)
  })
})

describe('a run', () => {
  it('streams its frames and ends with its samples', async () => {
    const frames: Frame[] = []
    const plan = openPlan(target.target, [steady(200, 600, '/a', '/b'), burst(20, 100, '/c')])
    const { samples, durationMs } = await driver.run(plan, (frame) => frames.push(frame), never())
    expect(total(frames.map(({ answered }) => answered))).toBe(scheduled(plan))
    expect(frames.length).toBeGreaterThanOrEqual(2)
    expect(samples).toHaveLength(3)
    expect(durationMs).toBeGreaterThanOrEqual(700)
  })

  it('there is one at a time; exchanges go on meanwhile', async () => {
    const first = await running()
    await expect(driver.run(minute(), () => undefined, never())).rejects.toMatchObject({
      name: 'driverFailed',
      message: expect.stringContaining('409'),
    })
    const request = { method: 'GET', path: '/', headers: [] }
    const batch = { target: target.target, together: false, timeoutMs: 1000, requests: [request] }
    expect(await driver.exchange(batch)).toMatchObject({ exchanges: [{ status: 200, body: 'ok' }] })
    first.abort()
    await first.ended
  })

  it('ends when it is cancelled: requests stop, and the next run may begin', async () => {
    const first = await running()
    first.abort()
    expect(await first.ended).toMatchObject({ message: 'enough' })
    const next = openPlan(target.target, [burst(1, 10, '/a')])
    await vi.waitFor(() => driver.run(next, () => undefined, never()), 10_000)
    const after = requests
    await driver.run(next, () => undefined, never())
    expect(requests).toBe(after + 1)
  })

  it('ends when whoever reads its frames fails', async () => {
    const failing = driver.run(
      minute(),
      () => {
        throw new Error('the reader broke')
      },
      never(),
    )
    await expect(failing).rejects.toThrow('the reader broke')
    await vi.waitFor(() => driver.run(openPlan(target.target, [burst(1, 10, '/a')]), () => undefined, never()), 10_000)
  })

  it('a plan that cannot be sent says why', async () => {
    const plan = openPlan(target.target, [burstOf(1, 10, get('/a', { a: 'b\r\nc: d' }))])
    await expect(driver.run(plan, () => undefined, never())).rejects.toMatchObject({
      name: 'driverFailed',
      message: expect.stringContaining('the header “a” cannot be sent'),
    })
  })

  it('a driver that goes away is told as driverFailed', async () => {
    const first = await running()
    control.closeAllConnections()
    expect(await first.ended).toMatchObject({ name: 'driverFailed', message: expect.stringContaining('lost') })
    control.close()
    await once(control, 'close')
    await expect(driver.run(minute(), () => undefined, never())).rejects.toMatchObject({
      name: 'driverFailed',
      message: expect.stringContaining('cannot be reached'),
    })
  })
})
