import type { EdgeCell } from '../node-core/adds.ts'

export const apiKey: EdgeCell<'apiKey'> = {
  support: {
    level: 'none',
    byChoice: true,
    how: 'A plain reverse proxy forwards for everybody. Knowing who asks is what node-gateway adds.',
    docs: 'https://github.com/fastify/fastify-reply-from',
  },
}
