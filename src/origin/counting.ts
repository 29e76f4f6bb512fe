/** What reached this instance: the evidence that caches, limits and balancers are judged by. */
import type { IncomingMessage } from 'node:http'
import { consumerHeader } from '../policy/policy.ts'
import type { OriginCounts, OriginRequest, OriginSpec } from './spec.ts'

const maxPaths = 5000
const keptRequests = 20

export interface Counting {
  connected(): void
  request(request: IncomingMessage, route: string): void
  status(status: number): void
  counts(): OriginCounts
  reset(): void
}

export function openCounting({ name, instance }: OriginSpec): Counting {
  let requests = 0
  let connections = 0
  let routes = new Map<string, number>()
  let paths = new Map<string, number>()
  let consumers = new Map<string, number>()
  let statuses = new Map<string, number>()
  let last: OriginRequest[] = []
  const add = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1)
  return {
    connected: () => {
      connections += 1
    },
    request: ({ method = '', url = '', headers, rawHeaders }, route) => {
      requests += 1
      add(routes, route)
      add(paths, paths.has(url) || paths.size < maxPaths ? url : 'other')
      add(consumers, String(headers[consumerHeader] ?? '-').slice(0, 100))
      if (last.length === keptRequests) last.shift()
      last.push({ method, path: url, headers: pairs(rawHeaders) })
    },
    status: (status) => add(statuses, String(status)),
    counts: () => ({
      name,
      instance,
      requests,
      connections,
      routes: Object.fromEntries(routes),
      paths: Object.fromEntries(paths),
      consumers: Object.fromEntries(consumers),
      statuses: Object.fromEntries(statuses),
      last,
    }),
    reset: () => {
      requests = 0
      connections = 0
      routes = new Map()
      paths = new Map()
      consumers = new Map()
      statuses = new Map()
      last = []
    },
  }
}

function pairs(raw: readonly string[]): readonly (readonly [string, string])[] {
  return Array.from({ length: raw.length / 2 }, (_, n) => [raw[2 * n]!, raw[2 * n + 1]!] as const)
}
