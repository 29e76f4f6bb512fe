import { expect, test } from 'vitest'
import { orderOf, seedOf, sliceMsOf, thinPhases } from '../../../../src/experiment/measuring/slices/slice-plan.ts'
import type { Phase } from '../../../../src/scenario/scenario.ts'

const phase = (perSecond: number, name = 'steady', measured = true): Phase => ({
  kind: 'rate',
  phase: name,
  forMs: 1000,
  measured,
  fromPerSecond: perSecond,
  toPerSecond: perSecond,
  arrivals: 'poisson',
  mix: [],
})

test('a slice holds twenty requests of every measured phase, within 50 to 250 ms', () => {
  expect(sliceMsOf([phase(400)])).toBe(50)
  expect(sliceMsOf([phase(5000)])).toBe(50)
  expect(sliceMsOf([phase(200), phase(125, 'large')])).toBe(160)
  expect(sliceMsOf([phase(10)])).toBe(250)
  expect(sliceMsOf([phase(10, 'warm-up', false), phase(400)])).toBe(50)
})

test('phases of which a slice holds fewer are named', () => {
  expect(thinPhases([phase(400), phase(10, 'rare')], 250)).toEqual(['rare'])
  expect(thinPhases([phase(80)], 250)).toEqual([])
})

test('the order of blocks is drawn for each start, by the seed alone', () => {
  const systems = ['direct', 'nginx', 'nginx-2', 'node-gateway']
  const orders = [0, 1].map((start) => [0, 1].map((block) => orderOf(systems, 1, start, block).join(' ')))
  expect(orders).toMatchInlineSnapshot(`
    [
      [
        "nginx direct nginx-2 node-gateway",
        "direct node-gateway nginx nginx-2",
      ],
      [
        "nginx-2 direct node-gateway nginx",
        "direct nginx nginx-2 node-gateway",
      ],
    ]
  `)
})

test('in any start each system has each place, and follows each other one, equally often', () => {
  const systems = ['a', 'b', 'c', 'd']
  for (let start = 0; start < 50; start += 1) {
    const orders = systems.map((_, block) => orderOf(systems, 7, start, block))
    const places = new Set(orders.flatMap((order) => order.map((system, place) => `${system}${place}`)))
    const pairs = new Set(orders.flatMap((order) => order.slice(1).map((system, at) => `${order[at]}${system}`)))
    expect([places.size, pairs.size]).toEqual([16, 12])
  }
})

test('no system is preferred over the starts of many runs', () => {
  const first = new Map<string, number>()
  for (let seed = 1; seed <= 400; seed += 1) {
    for (let start = 0; start < 10; start += 1) {
      const [system] = orderOf(['a', 'b', 'c'], seed, start, 0)
      first.set(system!, (first.get(system!) ?? 0) + 1)
    }
  }
  for (const count of first.values()) expect(Math.abs(count / 4000 - 1 / 3)).toBeLessThan(0.03)
})

test('no two blocks of a run have the same requests', () => {
  const seeds = Array.from({ length: 20 }, (_, start) =>
    Array.from({ length: 500 }, (_, block) => seedOf(1, start, block)),
  )
  expect(new Set(seeds.flat()).size).toBe(20 * 500)
})
