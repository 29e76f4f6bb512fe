/** What an origin instance is told, and what it tells. One program, n instances. */
import type { Request } from '../http/request.ts'
import type { Dress } from '../policy/probes/probe.ts'
import type { OriginRoute } from '../scenario/scenario.ts'

export interface OriginSpec {
  /** `catalogue` */
  readonly name: string
  /** From 1. */
  readonly instance: number
  readonly seed: number
  readonly listen: { readonly host: string; readonly port: number }
  /** The control API answers only to `authorization: Bearer <token>`. */
  readonly token: string
  readonly routes: readonly OriginRoute[]
  /** How many times as long as its routes say it takes; absent: once. */
  readonly times?: number
}

/** What reached one instance since the last reset. The origin's own evidence. */
export interface OriginCounts {
  readonly name: string
  readonly instance: number
  readonly requests: number
  /** TCP connections that brought their first request; those of the control API are not among them. */
  readonly connections: number
  /** By route pattern. */
  readonly routes: Readonly<Record<string, number>>
  /** By path and query; the first 5,000 different ones, the rest under `other`. */
  readonly paths: Readonly<Record<string, number>>
  /** By the value of X-Consumer (`-` for none). */
  readonly consumers: Readonly<Record<string, number>>
  /** By status sent. */
  readonly statuses: Readonly<Record<string, number>>
  /** The last 20 requests, newest last, headers as they came, bodies cut to 4 KiB. */
  readonly last: readonly Request[]
}

/** Behaviour that a probe sets for a while; fields that are left out stay as they were. */
export interface OriginBehaviour {
  /** No route fails by its errorRate, none is failing or slowing at a time, and no instance is slower than the others. */
  readonly calm?: boolean
  /** Every route answers 503. */
  readonly failing?: boolean
  /** Every connection is closed when a request has come, without an answer. */
  readonly breakingOff?: boolean
  /** By path and query, in place of all that was dressed before. */
  readonly dressed?: Readonly<Record<string, Dress>>
}

/**
 * The control API, on the origin's own port, out of reach from the front network; never counted. `ready` needs no
 * token:
 * `GET /__origin/counts` → OriginCounts · `POST /__origin/reset` → 204, and a round begins ·
 * `POST /__origin/behaviour` OriginBehaviour → 204.
 */
export const originControl = {
  ready: '/__origin/ready',
  counts: '/__origin/counts',
  reset: '/__origin/reset',
  behaviour: '/__origin/behaviour',
} as const
