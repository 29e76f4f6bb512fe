import { Agent, type Dispatcher } from 'undici'
import { caching } from '../cache/cache.ts'
import type { EdgeConfig, EdgeLocation } from '../config.ts'
import { balancing } from './balance.ts'
import { finalAnswersOnly } from './informational.ts'
import type { Interceptor } from './relay.ts'

/** Everything behind the server: for each location the layers from cache to connection, composed of undici's. */
export interface Upstream {
  /** Where reply-from is to send a location's request: a host name that only `request` below understands. */
  urlOf(location: EdgeLocation, path: string): string
  request(
    options: Dispatcher.RequestOptions,
    callback: (error: Error | null, data: Dispatcher.ResponseData) => void,
  ): void
  close(): Promise<void>
}

/**
 * `transforming` gives the layers that lie between a location's cache and its instances. The cache is above the
 * balancing: an entry belongs to the origin, not to one instance, and a hit is nobody's turn.
 */
export function createUpstream(
  { locations, origins, caches, keepAlive }: EdgeConfig,
  transforming: (location: EdgeLocation) => readonly Interceptor[],
): Upstream {
  const agent = new Agent({
    headersTimeout: 30_000,
    bodyTimeout: 30_000,
    keepAliveTimeout: 60_000,
    // 0 is undici's way to say: a connection for each request.
    pipelining: keepAlive ? 1 : 0,
    connect: finalAnswersOnly({ timeout: 5000 }),
  })
  const balancers = new Map(Object.entries(origins).map(([name, origin]) => [name, balancing(origin)]))
  const cacheLayers = caches.map(caching)
  const hosts = new Map(locations.map((location, n) => [location, `http://location-${n}.edge`]))
  const dispatchers = new Map(
    locations.map((location) => [
      hosts.get(location),
      agent.compose([
        ...[balancers.get(location.origin)].filter((layer) => layer !== undefined),
        ...transforming(location),
        ...[cacheLayers[location.cache ?? -1]].filter((layer) => layer !== undefined),
      ]),
    ]),
  )
  return {
    urlOf: (location, path) => `${hosts.get(location)}${path}`,
    request: (options, callback) =>
      dispatchers.get(String(options.origin))?.request(options, (error, data) => {
        // reply-from destroys the answer where the client has gone. One that came whole from wholeAnswers has no
        // connection to abort any more, so that nobody else listens to this error, and it would end the program.
        data?.body?.on('error', () => {})
        callback(error, data)
      }),
    close: () => agent.destroy(),
  }
}
