import { coreSupport } from '../node-core/support.ts'
import type { Support } from '../system.ts'

export const support: Support = {
  ...coreSupport,
  apiKey: {
    level: 'none',
    byChoice: true,
    how: 'A plain reverse proxy forwards for everybody. Knowing who asks is what node-gateway adds.',
    docs: 'https://github.com/fastify/fastify-reply-from',
  },
  rateLimit: {
    level: 'none',
    byChoice: true,
    how: 'Left out so that this stays a plain proxy: the plugin is one registration away, as node-gateway shows.',
    docs: 'https://github.com/fastify/fastify-rate-limit',
  },
  transform: {
    level: 'none',
    byChoice: true,
    how: 'Bodies stream through unread. Rewriting one means holding all of it, which is what node-gateway does.',
    docs: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/Dispatcher.md',
  },
}
