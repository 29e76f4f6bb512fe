import type { EdgeOrigin } from '../config.ts'
import { type Interceptor, relay } from './relay.ts'

interface Instance {
  readonly url: string
  readonly weight: number
  /** Smooth weighted round robin: what it has saved up. */
  credit: number
  inFlight: number
}

/**
 * Sends each request to one instance of the origin. undici's own BalancedPool moves weights by errors and knows no
 * policy weights, so the two choices are made here; connections stay undici's.
 */
export function balancing({ instances, balance, weights }: EdgeOrigin): Interceptor {
  const targets = instances.map(
    (address, n): Instance => ({ url: `http://${address}`, weight: weights?.[n] ?? 1, credit: 0, inFlight: 0 }),
  )
  const choose = balance === 'least-connections' ? minBusy : nextByWeight
  return (dispatch) => (options, handler) => {
    const instance = choose(targets)
    instance.inFlight += 1
    const done = (): void => {
      instance.inFlight -= 1
    }
    return dispatch(
      { ...options, origin: instance.url },
      relay(handler, {
        onResponseEnd: (controller, trailers) => {
          done()
          handler.onResponseEnd?.(controller, trailers)
        },
        onResponseError: (controller, error) => {
          done()
          handler.onResponseError?.(controller, error)
        },
      }),
    )
  }
}

/**
 * NGINX's smooth weighted round robin: everybody earns its weight, the richest is chosen and pays the sum
 * (https://github.com/nginx/nginx/commit/52327e0627f49dbda1e8db695e63a4b0af4448b1). Equal weights: plain rotation.
 */
function nextByWeight(targets: readonly Instance[]): Instance {
  let sum = 0
  for (const target of targets) {
    target.credit += target.weight
    sum += target.weight
  }
  const chosen = targets.reduce((best, target) => (target.credit > best.credit ? target : best))
  chosen.credit -= sum
  return chosen
}

/** Fewest requests in flight; among equals in rotation, so that an idle edge does not always ask the first. */
function minBusy(targets: readonly Instance[]): Instance {
  const fewest = Math.min(...targets.map(({ inFlight }) => inFlight))
  return nextByWeight(targets.filter(({ inFlight }) => inFlight === fewest))
}
