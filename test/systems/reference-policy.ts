/** What every system's golden configuration is compiled from. */
import type { Policy } from '../../src/policy/policy.ts'
import { emptyPolicy } from '../policy/empty-policy.ts'

/** Uses all six features, more than once where numbers or inheritance matter. */
export const referencePolicy: Policy = {
  ...emptyPolicy,
  routes: [
    { path: '/products', origin: 'catalogue' },
    { path: '/orders', origin: 'orders' },
  ],
  balancing: [
    { origin: 'catalogue', method: 'least-connections' },
    { origin: 'orders', method: 'weighted', weights: [3, 1] },
  ],
  cache: [
    {
      path: '/products',
      ttlMs: 1500,
      key: ['path', 'query', 'representation'],
      coalesce: true,
      staleOnErrorMs: 10_000,
    },
    { path: '/orders', ttlMs: 5000, key: ['path', 'consumer'], coalesce: false, staleOnErrorMs: 0 },
  ],
  apiKey: [
    {
      path: '/orders',
      header: 'x-api-key',
      consumers: [
        { name: 'alice', key: 'key-alice' },
        { name: 'bob', key: 'b"o\\b{$}' },
      ],
    },
  ],
  rateLimit: [
    { path: '/orders', ratePerSecond: 10, burst: 5, per: 'consumer' },
    { path: '/products', ratePerSecond: 0.7, burst: 1, per: 'address' },
  ],
  transform: [
    {
      path: '/products',
      representations: [
        { accept: 'application/xml', as: 'xml' },
        { accept: 'application/vnd.edgelab.compact+json', as: 'compact-json' },
      ],
    },
  ],
}
