import { expect, test } from 'vitest'
import type { Policy } from '../../src/policy/features/index.ts'
import { locations } from '../../src/policy/locations.ts'
import { emptyPolicy } from './empty-policy.ts'

const policy: Policy = {
  ...emptyPolicy,
  routes: [
    { path: '/', origin: 'shop' },
    { path: '/orders', origin: 'orders' },
  ],
  balancing: [{ origin: 'orders', method: 'least-connections' }],
  rateLimit: [
    { path: '/', ratePerSecond: 5, burst: 5, per: 'address' },
    { path: '/orders/new', ratePerSecond: 1, burst: 1, per: 'address' },
  ],
}

test('every path that a line names, longest first, with the line of the longest prefix of each feature', () => {
  const seen = locations(policy).map(({ path, route, rateLimit, cache }) => [
    path,
    route.origin,
    rateLimit?.burst,
    cache,
  ])
  expect(seen).toEqual([
    ['/orders/new', 'orders', 1, undefined],
    ['/orders', 'orders', 5, undefined],
    ['/', 'shop', 5, undefined],
  ])
})

test('balancing follows the origin, and is round-robin where no line speaks of it', () => {
  expect(locations(policy).map(({ balancing }) => balancing.method)).toEqual([
    'least-connections',
    'least-connections',
    'round-robin',
  ])
})

test('what no route takes is nowhere', () => {
  expect(locations({ ...policy, routes: [{ path: '/orders', origin: 'orders' }] }).map(({ path }) => path)).toEqual([
    '/orders/new',
    '/orders',
  ])
})
