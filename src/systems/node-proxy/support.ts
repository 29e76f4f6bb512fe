import { coreSupport } from '../node-core/support.ts'
import type { Support } from '../system.ts'

const absent = 'This program forwards and remembers; who asks, how often and in which form is left to node-gateway.'

export const support: Support = {
  ...coreSupport,
  apiKey: { level: 'none', how: absent, docs: 'https://fastify.dev/docs/latest/Reference/Hooks/' },
  rateLimit: { level: 'none', how: absent, docs: 'https://github.com/fastify/fastify-rate-limit' },
  transform: { level: 'none', how: absent, docs: 'https://fastify.dev/docs/latest/Reference/Hooks/' },
}
