import type { EdgeCell } from '../node-core/adds.ts'

export const rateLimit: EdgeCell<'rateLimit'> = {
  support: {
    level: 'plugin',
    how: '@fastify/rate-limit, asked after the key check, because “gates” in edge.json says so: before it, the limit would count by address, bad keys too. A fixed window per verified consumer or address, in this process only, with RateLimit-* and Retry-After headers. Requests that arrive in one go are counted one after another, because the library reads its shared count too late. A window is not a bucket: across its border twice the burst may pass.',
    docs: 'https://github.com/fastify/fastify-rate-limit',
  },
  traits: { limiting: 'fixed-window' },
  adds: {
    filter: 'rateLimit',
    file: ({ rateLimit }) => ({ rateLimits: rateLimit }),
    location: ({ rateLimit }, policy) => (rateLimit ? { rateLimit: policy.rateLimit.indexOf(rateLimit) } : {}),
  },
  fidelity: ({ burst, ratePerSecond }) => {
    const windowMs = Math.round((burst / ratePerSecond) * 1000)
    return {
      level: 'approximated',
      how: `@fastify/rate-limit: a fixed window of ${windowMs} ms with ${burst} requests; across its border up to ${2 * burst} at once`,
    }
  },
  sources: ['node-gateway/program/limits.ts'],
}
