/** Chooses the instance for a request. undici has pools, but its balancers keep caches from sharing one key. */
import { type Dispatcher, Pool } from 'undici'
import type { Balancing } from '../../policy/policy.ts'
import type { Address } from '../system.ts'

interface Instance {
  readonly url: string
  readonly pool: Pool
  readonly weight: number
  /** Smooth weighted round-robin’s running value. */
  current: number
  underWay: number
}

/** A dispatcher that sends each request to one of the instances, over kept-alive connections. */
export function balanced(instances: readonly Address[], { method, weights }: Balancing): Dispatcher['dispatch'] {
  const all = instances.map(({ host, port }, index): Instance => {
    const url = `http://${host}:${port}`
    const pool = new Pool(url, { connections: 64, pipelining: 1, keepAliveTimeout: 60_000, headersTimeout: 30_000 })
    return { url, pool, weight: weights?.[index] ?? 1, current: 0, underWay: 0 }
  })
  const choose = method === 'least-connections' ? leastConnections : smoothRoundRobin
  return (options, handler) => {
    const instance = choose(all)
    if (method !== 'least-connections') return instance.pool.dispatch({ ...options, origin: instance.url }, handler)
    instance.underWay += 1
    return instance.pool.dispatch(
      { ...options, origin: instance.url },
      ended(handler, () => {
        instance.underWay -= 1
      }),
    )
  }
}

/** Smooth weighted round-robin, as NGINX has it (commit 52327e0, 2012): 3:1 gives A A B A, not A A A B. */
function smoothRoundRobin(all: readonly Instance[]): Instance {
  const total = all.reduce((sum, { weight }) => sum + weight, 0)
  for (const instance of all) instance.current += instance.weight
  const best = all.reduce((most, each) => (each.current > most.current ? each : most))
  best.current -= total
  return best
}

/** Ties go round: the one chosen last moves behind the others. */
function leastConnections(all: readonly Instance[]): Instance {
  const least = Math.min(...all.map(({ underWay }) => underWay))
  return smoothRoundRobin(all.filter(({ underWay }) => underWay === least))
}

/** The handler, and `done` once when the answer is complete or has failed. */
function ended(handler: Dispatcher.DispatchHandler, done: () => void): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (...args) => handler.onRequestStart?.(...args),
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => {
      done()
      handler.onResponseEnd?.(...args)
    },
    onResponseError: (...args) => {
      done()
      handler.onResponseError?.(...args)
    },
  }
}
