import type { EdgeCell } from '../node-core/adds.ts'

export const quota: EdgeCell<'quota'> = {
  support: {
    level: 'script',
    how: 'Twenty lines, asked after the rate limit: a count for each consumer and period of the calendar, in the memory of this process. @fastify/rate-limit would begin a window with a consumer’s first request, which is no month of an invoice. A quota that outlasts a restart, and holds for several processes, would be a database more.',
    docs: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Map',
  },
  adds: {
    file: ({ quota }) => (quota.length > 0 ? { quotas: quota } : {}),
    location: ({ quota }, policy) => (quota ? { quota: policy.quota.indexOf(quota) } : {}),
  },
  fidelity: ({ requests, period }) => ({
    level: 'approximated',
    how: `quotas.ts: ${requests} a ${period} (UTC) for each consumer, in memory: a restart begins anew. What the rate limit refuses does not count. Retry-After says when the next ${period} begins.`,
  }),
  sources: ['node-gateway/program/quotas.ts'],
}
