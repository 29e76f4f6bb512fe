import { expect, test } from 'vitest'
import { drawn, seedOf, sliceMsOf, thinPhases } from '../../../../src/experiment/measuring/slices/slice-plan.ts'
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

test('the order of a block is drawn by its seed alone', () => {
  const systems = ['direct', 'nginx', 'nginx-2', 'node-gateway']
  const orders = [0, 1, 2, 3].map((block) => drawn(systems, seedOf(1, 0, block)).join(' '))
  expect(orders).toMatchInlineSnapshot(`
    [
      "nginx node-gateway nginx-2 direct",
      "node-gateway nginx-2 nginx direct",
      "nginx direct nginx-2 node-gateway",
      "direct nginx nginx-2 node-gateway",
    ]
  `)
})

test('each system has each place about equally often', () => {
  const places = new Map<string, number>()
  const blocks = 4000
  for (let block = 0; block < blocks; block += 1) {
    for (const [place, system] of drawn(['a', 'b', 'c'], seedOf(1, block % 7, block)).entries()) {
      const key = `${system}${place}`
      places.set(key, (places.get(key) ?? 0) + 1)
    }
  }
  for (const count of places.values()) expect(Math.abs(count / blocks - 1 / 3)).toBeLessThan(0.03)
  expect(places.size).toBe(9)
})

test('no two blocks of a run have the same requests', () => {
  const seeds = Array.from({ length: 20 }, (_, start) =>
    Array.from({ length: 500 }, (_, block) => seedOf(1, start, block)),
  )
  expect(new Set(seeds.flat()).size).toBe(20 * 500)
})
