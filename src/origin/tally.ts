import type { IncomingMessage } from 'node:http'
import type { HeaderList } from '../http/headers.ts'
import type { Request } from '../http/request.ts'
import { consumerHeader } from '../policy/policy.ts'
import type { OriginCounts, OriginSpec } from './spec.ts'

const maxPaths = 5000
const lastRequests = 20
const maxBodyBytes = 4096

/** One of the last requests. */
interface Kept {
  readonly method: string
  readonly path: string
  /** Names and values in turn. */
  readonly raw: readonly string[]
  /** Of the body, as far as it is kept. */
  readonly pieces: Buffer[]
}

/** Counts what reaches an instance. Cheap per request: headers are put in pairs only when somebody asks. */
export interface Tally {
  connected(): void
  /** `route` is the pattern, undefined where no route took the path. Returns what takes the pieces of its body. */
  asked(request: IncomingMessage, route: string | undefined): (piece: Buffer) => void
  answered(status: number): void
  reset(): void
  counts(): OriginCounts
}

export function createTally({ name, instance }: Pick<OriginSpec, 'name' | 'instance'>): Tally {
  let requests = 0
  let connections = 0
  let last: Kept[] = []
  const routes = new Map<string, number>()
  const paths = new Map<string, number>()
  const consumers = new Map<string, number>()
  const statuses = new Map<string, number>()
  return {
    connected() {
      connections += 1
    },
    asked(request, route) {
      const path = request.url ?? '/'
      requests += 1
      count(routes, route ?? 'none')
      count(paths, paths.size < maxPaths || paths.has(path) ? path : 'other')
      count(consumers, String(request.headers[consumerHeader] ?? '-'))
      const kept: Kept = { method: request.method ?? 'GET', path, raw: request.rawHeaders, pieces: [] }
      last.push(kept)
      if (last.length > lastRequests) last.shift()
      let room = maxBodyBytes
      return (piece) => {
        if (room > 0) kept.pieces.push(piece.subarray(0, room))
        room -= piece.length
      }
    },
    answered: (status) => count(statuses, String(status)),
    reset() {
      requests = 0
      connections = 0
      last = []
      for (const counts of [routes, paths, consumers, statuses]) counts.clear()
    },
    counts: () => ({
      name,
      instance,
      requests,
      connections,
      routes: Object.fromEntries(routes),
      paths: Object.fromEntries(paths),
      consumers: Object.fromEntries(consumers),
      statuses: Object.fromEntries(statuses),
      last: last.map(asRequest),
    }),
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function asRequest({ method, path, raw, pieces }: Kept): Request {
  const body = pieces.length === 0 ? {} : { body: Buffer.concat(pieces).toString('utf8') }
  return { method, path, headers: pairs(raw), ...body }
}

function pairs(raw: readonly string[]): HeaderList {
  return Array.from({ length: raw.length / 2 }, (_, n) => [raw[2 * n]!, raw[2 * n + 1]!] as const)
}
