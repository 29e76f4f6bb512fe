import type { EdgeCell } from '../node-core/adds.ts'

export const rateLimit: EdgeCell<'rateLimit'> = {
  support: {
    level: 'none',
    byChoice: true,
    how: 'Left out so that this stays a plain proxy: the plugin is one registration away, as node-gateway shows.',
    docs: 'https://github.com/fastify/fastify-rate-limit',
  },
}
