import { formatMs } from '../../../units.ts'
import type { EdgeCell } from '../adds.ts'

export const cache: EdgeCell<'cache'> = {
  support: {
    level: 'plugin',
    how: 'undici’s shared cache decides what RFC 9111 lets it store, what is fresh and what must be asked for again. What it does not do is yours: a store that drops every variant of a path when a POST has changed it, 304 and ranges for the client, renewal by the origin’s 304, and coalescing. undici’s own deduplication gives one answer to all who wait before anybody knows whose it is; here they wait for the head, and share only what was stored for them. A client’s Cache-Control counts: with no-cache anybody reaches the origin.',
    docs: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/Interceptors.md',
  },
  traits: { coalescing: 'told' },
  adds: {
    file: ({ cache }) => ({ caches: cache }),
    location: ({ cache }, policy) => (cache ? { cache: policy.cache.indexOf(cache) } : {}),
  },
  fidelity: ({ coalesce, staleOnErrorMs, ttlMs }) => ({
    level: 'exact',
    how: [
      `undici’s cache interceptor with a store of its own; ${ttlMs > 0 ? 'the lifetime to the millisecond where the origin states none' : 'without a ttl an answer that states no lifetime is asked for again each time'}`,
      coalesce ? 'coalescing.ts: who waits shares only what was stored for them' : '',
      staleOnErrorMs > 0 ? `${formatMs(staleOnErrorMs)} of stale-if-error in the store, never in a header` : '',
      'a client’s Cache-Control counts',
    ]
      .filter(Boolean)
      .join('; '),
  }),
  sources: ['node-core/cache/'],
}
