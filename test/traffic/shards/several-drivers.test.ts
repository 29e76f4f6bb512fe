/** Drivers in the test's own process, each behind its own control API. */
import type { Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { get } from '../../../src/http/request.ts'
import { schedule } from '../../../src/scenario/schedule/schedule.ts'
import { controlServer } from '../../../src/traffic/control-server.ts'
import { connectDriver } from '../../../src/traffic/driver-client.ts'
import { sumHistograms } from '../../../src/traffic/measure/histogram.ts'
import type { DriverPlan, Frame } from '../../../src/traffic/plan.ts'
import { type NamedDriver, type SeveralDrivers, severalDrivers } from '../../../src/traffic/shards/several-drivers.ts'
import { answer, listening, type RawServer, rawServer } from '../raw-server.ts'
import { burst, closedPhase, openPlan, steady, total } from '../run-here.ts'

const token = 'a-token-of-this-test'
let controls: Server[]
let drivers: SeveralDrivers
let target: RawServer
let paths: string[]

async function startDriver(name: string): Promise<NamedDriver> {
  const control = controlServer(token)
  controls.push(control)
  const { host, port } = await listening(control)
  return { name, client: connectDriver(`http://${host}:${port}`, token) }
}

beforeEach(async () => {
  paths = []
  controls = []
  target = await rawServer((socket, request) => {
    paths.push(request.split(' ')[1]!)
    socket.write(answer('ok'))
  })
  drivers = severalDrivers([await startDriver('first'), await startDriver('second'), await startDriver('third')])
})
afterEach(async () => {
  for (const control of controls) {
    control.closeAllConnections()
    control.close()
  }
  await target[Symbol.asyncDispose]()
})

const never = () => new AbortController().signal
const minute = (): DriverPlan => openPlan(target.target, [steady(300, 60_000, '/a')])

async function run(plan: DriverPlan) {
  const frames: Frame[] = []
  return { frames, ...(await drivers.run(plan, (frame) => frames.push(frame), never())) }
}

describe('several drivers', () => {
  it('send together what one would send, and count it once', async () => {
    const plan = openPlan(target.target, [steady(400, 700, '/a/{1..99}', '/b'), burst(31, 200, '/c')])
    const due = [...schedule(plan.phases, plan.seed)]
    const { frames, samples, loads } = await run(plan)
    expect(paths.toSorted()).toEqual(due.map(({ path }) => path).toSorted())
    const series = frames.flatMap((frame) => frame.series)
    for (const [phaseIndex, { phase, mix }] of plan.phases.entries()) {
      for (const mixIndex of mix.keys()) {
        const own = series.filter((each) => each.phase === phase && each.mixIndex === mixIndex)
        const expected = due.filter((each) => each.phaseIndex === phaseIndex && each.mixIndex === mixIndex).length
        expect(total(own.map(({ count }) => count))).toBe(expected)
        expect(sumHistograms(own.map(({ latency }) => latency)).totalCount).toBe(expected)
      }
    }
    const slots = Map.groupBy(
      frames.flatMap((frame) => frame.slots),
      ({ atMs }) => atMs,
    )
    const expected = Map.groupBy(due, ({ atMs }) => Math.floor(atMs / 100) * 100)
    expect(new Map([...slots].map(([atMs, all]) => [atMs, total(all.map(({ count }) => count))]))).toEqual(
      new Map([...expected].map(([atMs, all]) => [atMs, all.length])),
    )
    expect(samples.map(({ phase, client }) => `${phase} ${client}`).toSorted()).toEqual([
      'burst web',
      'steady app',
      'steady web',
    ])
    // Dealt out in turn, and each driver came to its own requests.
    const own = loads.map(({ lateness }) => sumHistograms([lateness]).totalCount)
    expect(total(own)).toBe(due.length)
    expect(Math.max(...own) - Math.min(...own)).toBeLessThanOrEqual(1)
    for (const { busyMs } of loads) expect(busyMs).toBeGreaterThan(0)
  })

  it('open no more connections than one would, and all of them where they are needed', async () => {
    const slow = await rawServer((socket) => setTimeout(() => socket.write(answer('ok')), 200))
    await run(openPlan(slow.target, [burst(50, 500, '/a')], { connections: 10 }))
    expect(slow.accepted()).toBe(10)
    await slow[Symbol.asyncDispose]()
  })

  it('are no more than there are connections', async () => {
    const { loads } = await run(openPlan(target.target, [burst(9, 50, '/a')], { connections: 2 }))
    expect(loads).toHaveLength(2)
    expect(paths).toHaveLength(9)
  })

  it('divide a closed loop too', async () => {
    const closed: DriverPlan = {
      mode: 'closed',
      target: target.target,
      connections: 5,
      timeoutMs: 1000,
      seed: 1,
      phases: [closedPhase(300, get('/a'))],
    }
    const { frames, loads } = await run(closed)
    expect(total(frames.map(({ answered }) => answered))).toBe(paths.length)
    expect(target.accepted()).toBe(5)
    expect(loads).toHaveLength(3)
  })

  it('exchange through the first', async () => {
    for (const control of controls.slice(1)) control.close()
    const batch = { target: target.target, together: false, timeoutMs: 1000, requests: [get('/x')] }
    expect((await drivers.exchange(batch)).exchanges).toMatchObject([{ status: 200, body: 'ok' }])
  })
})

describe('an end before the end', () => {
  /** Starts a run that goes on until something happens, and waits until requests arrive. */
  async function running(signal = never()): Promise<{ readonly ended: Promise<unknown> }> {
    const ended = drivers.run(minute(), () => undefined, signal).catch((error: unknown) => error)
    await vi.waitFor(() => expect(paths.length).toBeGreaterThan(0), 10_000)
    return { ended }
  }

  /** The driver is free again only when its run is over. */
  async function allFree(): Promise<void> {
    const next = openPlan(target.target, [burst(3, 10, '/next')])
    await vi.waitFor(() => drivers.run(next, () => undefined, never()), 10_000)
  }

  it('one that is lost stops the others, and is named', async () => {
    const { ended } = await running()
    controls[1]!.closeAllConnections()
    expect(await ended).toMatchObject({ name: 'driverFailed', message: expect.stringMatching(/^second: it was lost/) })
    await allFree()
  })

  it('an aborted signal stops all, with its own reason', async () => {
    const stop = new AbortController()
    const { ended } = await running(stop.signal)
    stop.abort(new Error('enough'))
    expect(await ended).toMatchObject({ message: 'enough' })
    await allFree()
  })

  it('a start by another clock is refused', async () => {
    const { client } = await startDriver('alone')
    const shard = { index: 0, of: 2, startAtMs: Date.now() + 3_600_000 }
    await expect(client.run({ ...minute(), shard }, () => undefined, never())).rejects.toMatchObject({
      name: 'driverFailed',
      message: expect.stringContaining('the start is 3600 s away by this driver’s clock'),
    })
  })

  it('a start that has passed makes requests late, which the lateness says', async () => {
    const { client } = await startDriver('alone')
    const frames: Frame[] = []
    const shard = { index: 0, of: 1, startAtMs: Date.now() - 500 }
    const plan = { ...openPlan(target.target, [burst(5, 10, '/a')]), shard }
    await client.run(plan, (frame) => frames.push(frame), never())
    expect(sumHistograms(frames.map(({ lateness }) => lateness)).minNonZeroValue).toBeGreaterThan(499_000)
  })
})
