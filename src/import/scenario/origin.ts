/** Routes of the one origin that stands for all that answered, and the policy’s routes to it. */
import { anyId } from '../paths/tree.ts'
import { mergeClasses, newRequestClass, type RequestClass } from '../tally/request-class.ts'
import type { RouteClass } from './lines.ts'

export interface OriginRoute {
  readonly path: string
  readonly body: 'product' | 'products'
  /** `512B`, `12KB`; absent where the recording does not say. */
  readonly size?: string
  readonly latency?: { readonly p50: string; readonly p99: string }
  /** `2.5%` */
  readonly errorRate?: string
}

/** One for each path, whatever the method; words before `{id}`, as the first that fits answers. */
export function originRoutes(classes: readonly RouteClass[]): readonly OriginRoute[] {
  const byPath = new Map<string, RequestClass>()
  for (const { route, of } of classes) {
    const sum = byPath.get(route) ?? newRequestClass()
    mergeClasses(sum, of)
    byPath.set(route, sum)
  }
  return [...byPath].sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1)).map(([path, of]) => routeOf(path, of))
}

/** In this order `{id}` comes behind every word. */
function rank(route: string): string {
  return route.replaceAll(anyId, '\u{10ffff}')
}

function routeOf(path: string, of: RequestClass): OriginRoute {
  const size = of.bytes && of.bytes.totalCount > 0 ? sizeOf(of.bytes.getValueAtPercentile(50)) : undefined
  const latency = latencyOf(of)
  const errors = shareOfErrors(of)
  return {
    path,
    body: path.endsWith(anyId) ? 'product' : 'products',
    ...(size === undefined ? {} : { size }),
    ...(latency ? { latency } : {}),
    ...(errors >= 0.001 ? { errorRate: `${Number((errors * 100).toPrecision(2))}%` } : {}),
  }
}

export function shareOfErrors({ statuses, count }: RequestClass): number {
  const failed = [...statuses].reduce((sum, [status, times]) => sum + (status >= 500 ? times : 0), 0)
  return failed / count
}

const most = 5 * 1024 * 1024

/** Two digits: more would claim that every body is of one size. */
function sizeOf(bytes: number): string {
  const rounded = Number(Math.min(bytes, most).toPrecision(2))
  return rounded < 10 * 1024 ? `${rounded}B` : `${Math.min(Math.round(rounded / 1024), most / 1024)}KB`
}

/** Of twenty answers at least; none under a millisecond, which a delay in the origin could not hold. */
function latencyOf({ tookMs }: RequestClass): OriginRoute['latency'] {
  if (!tookMs || tookMs.totalCount < 20) return undefined
  const p50 = tookMs.getValueAtPercentile(50)
  const p99 = Math.max(p50, tookMs.getValueAtPercentile(99))
  return p50 < 1 ? undefined : { p50: `${p50}ms`, p99: `${p99}ms` }
}

const mostPrefixes = 16

/** The first words of all paths; `/` where there is a path without one, or where there are many. */
export function prefixesOf(routes: readonly { readonly path: string }[]): readonly string[] {
  const first = routes.map(({ path }) => `/${path.split('/')[1]!}`)
  const prefixes = [...new Set(first.map((prefix) => (prefix === `/${anyId}` ? '/' : prefix)))].sort()
  return prefixes.length > mostPrefixes ? ['/'] : prefixes
}
