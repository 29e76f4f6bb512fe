import type { EdgeCell } from '../node-core/adds.ts'

export const quota: EdgeCell<'quota'> = {
  support: {
    level: 'none',
    byChoice: true,
    how: 'Left out so that this stays a plain proxy: it knows no consumers, whose quotas they would be.',
    docs: 'https://github.com/fastify/fastify-reply-from',
  },
}
