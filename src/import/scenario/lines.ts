/** Which routes and which lines of the mix stand for all that was recorded. */
import { skewOf } from '../paths/distinct.ts'
import { anyId, type Branch, prune } from '../paths/tree.ts'
import type { ClientKind } from '../tally/clients.ts'
import { addOne, mergeClasses, newRequestClass, type RequestClass } from '../tally/request-class.ts'
import type { Tally } from '../tally/tally.ts'

/** Requests of one method to one route. */
export interface RouteClass {
  /** `/products/{id}`, as origins have it. */
  readonly route: string
  readonly method: string
  readonly of: RequestClass
}

export interface Line {
  readonly class: RouteClass
  readonly client: ClientKind
  /** Path and query as they are sent, `{1..200}` where values differ. */
  readonly target: string
  readonly skew: 'uniform' | 'zipf'
  readonly requests: number
}

const mostClasses = 30
const longestRoute = 160
/** A client with a smaller part of all requests is counted to the one that asks most for the same. */
const leastShare = 0.01

/** `least`: words of paths that fewer requests had are not kept. The tally’s tree is pruned by it. */
export function classesOf({ tree }: Pick<Tally, 'tree'>, least: number): readonly RouteClass[] {
  prune(tree.root, least, mergeClasses)
  const all = classesBelow(tree.root, '').sort((a, b) => b.of.count - a.of.count)
  const fits = all.filter(({ route }, at) => at < mostClasses && route.length <= longestRoute)
  const others = new Map<string, RequestClass>()
  for (const { method, of } of all.filter((each) => !fits.includes(each))) {
    const other = others.get(method) ?? newRequestClass()
    mergeClasses(other, of)
    others.set(method, other)
  }
  return [...fits, ...[...others].map(([method, of]) => ({ route: `/other/${anyId}`, method, of }))]
}

function classesBelow(branch: Branch<RequestClass>, path: string): RouteClass[] {
  const here = [...branch.leaves].map(([method, of]) => ({ route: path === '' ? '/' : path, method, of }))
  const below = [...branch.children.values()].flatMap((each) => classesBelow(each, `${path}/${each.segment}`))
  return [...here, ...below]
}

/** By class, its clients with the most requests first. */
export function linesOf(classes: readonly RouteClass[]): readonly Line[] {
  const total = classes.reduce((sum, { of }) => sum + of.count, 0)
  return classes.flatMap((each) => {
    const { target, skew } = targetOf(each)
    return clientsOf(each.of, total).map(([client, requests]) => ({ class: each, client, target, skew, requests }))
  })
}

function clientsOf({ clients }: RequestClass, total: number): readonly (readonly [ClientKind, number])[] {
  const sorted = [...clients].sort((a, b) => b[1] - a[1])
  const kept = new Map(sorted.filter(([, count], at) => at === 0 || count >= total * leastShare))
  for (const [kind, count] of sorted) if (!kept.has(kind)) addOne(kept, sorted[0]![0], count)
  return [...kept]
}

/** One number is drawn for each request: for the last `{id}`, or for a query where there is none. */
function targetOf({ route, of }: RouteClass): Pick<Line, 'target' | 'skew'> {
  const { different } = of
  const range = different.size > 1 ? `{1..${Math.min(different.size, 1_000_000)}}` : '1'
  const last = route.lastIndexOf(anyId)
  const path =
    last < 0 ? route : `${route.slice(0, last).replaceAll(anyId, '1')}${range}${route.slice(last + anyId.length)}`
  const names = queryNamesOf(of)
  const query = names.map((name, at) => `${name}=${last < 0 && at === 0 ? range : '1'}`).join('&')
  return { target: query === '' ? path : `${path}?${query}`, skew: skewOf(different) }
}

/** A name of a query may be a secret, too: kept are words that at least half of many requests had. */
function queryNamesOf({ count, queryNames }: RequestClass): readonly string[] {
  const least = Math.max(10, count / 2)
  return [...queryNames].filter(([, having]) => having >= least).map(([name]) => name)
}
