/** A key brings what a system lacks; what is on its way is seen, and the lists change by themselves. */
import { afterEach, expect, test } from 'vitest'
import { EdgeLabError } from '../../../../src/errors.ts'
import { nginxWheel } from '../../../../src/systems/nginx-core/wheel.ts'
import type { Binaries, BinariesState, Services, Surroundings } from '../../../../src/views/services.ts'
import { CompareScreen } from '../../../../src/views/tui/screens/compare/compare.tsx'
import { HomeScreen } from '../../../../src/views/tui/screens/home/home.tsx'
import { type OpenedApp, openOn } from '../harness.tsx'
import { sampleServices } from '../sample-services.ts'

let app: OpenedApp
afterEach(() => app.close())

/** A machine on which NGINX comes as soon as it has been fetched. */
function machine() {
  let state: BinariesState = { fetching: null, come: 0 }
  const listeners = new Set<() => void>()
  const asked: string[] = []
  let ends = Promise.withResolvers<void>()
  const change = (next: BinariesState): void => {
    state = next
    for (const listener of listeners) listener()
  }
  const binaries: Binaries = {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get: ({ product }) => {
      asked.push(product)
      ends = Promise.withResolvers()
      change({ ...state, fetching: { product, words: `${product}: 1 MB of about 3 MB` } })
      return ends.promise
    },
    stop: async () => {
      change({ ...state, fetching: null })
      ends.reject(new EdgeLabError('fetchInterrupted'))
    },
  }
  const surroundings = async (): Promise<Surroundings> => {
    const before = await sampleServices.surroundings!()
    const systems = before.systems.map((system) => {
      if (system.id !== 'nginx') return system
      const missing = { available: false, reason: 'nginx is not here', remedy: 'edgelab get nginx', wheel: nginxWheel }
      return { ...system, availability: state.come > 0 ? ({ available: true, by: '/nginx' } as const) : missing }
    }) as Surroundings['systems']
    return { ...before, systems }
  }
  return {
    services: { ...sampleServices, binaries, surroundings } satisfies Partial<Services>,
    asked,
    arrive: () => {
      change({ fetching: null, come: state.come + 1 })
      ends.resolve()
    },
  }
}

test('b fetches what the pointed system lacks, and the list changes by itself', async () => {
  const { services, asked, arrive } = machine()
  app = openOn(({ name }) => (name === 'home' ? <CompareScreen /> : null), { services })
  await app.shows('[ ] caching')
  await app.press('space', 'return')
  await app.shows('nginx         not here')
  await app.press('down')
  await app.shows('edgelab get nginx')
  await app.press('b')
  await app.shows('1 MB of about 3 MB')
  expect(asked).toEqual(['nginx'])
  arrive()
  await app.shows('nginx is here now.')
  await app.shows('nginx         ready')
})

test('b stops it again', async () => {
  const { services } = machine()
  app = openOn(({ name }) => (name === 'home' ? <CompareScreen /> : null), { services })
  await app.shows('[ ] caching')
  await app.press('space', 'return')
  await app.shows('nginx         not here')
  await app.press('down', 'b')
  await app.shows('stop getting')
  await app.press('b')
  await app.shows('Fetching was stopped on request')
  expect(app.text()).toMatch(/nginx +not here/)
})

test('the first screen shows what is on its way, and what runs when it has come', async () => {
  const { services, arrive } = machine()
  app = openOn(({ name }) => (name === 'home' ? <HomeScreen /> : null), { services, columns: 140, rows: 45 })
  await app.shows('3 of 5 systems ready')
  void services.binaries.get(nginxWheel)
  await app.shows('on its way: nginx: 1 MB of about 3 MB')
  arrive()
  await app.shows('4 of 5 systems ready')
})
