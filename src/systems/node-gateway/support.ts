import { coreSupport } from '../node-core/support.ts'
import type { Support } from '../system.ts'

export const support: Support = {
  ...coreSupport,
  apiKey: {
    level: 'script',
    how: 'The key’s SHA-256 digest is looked up in a map before anything is counted or forwarded.',
    docs: 'https://fastify.dev/docs/latest/Reference/Hooks/',
  },
  rateLimit: {
    level: 'plugin',
    how: '@fastify/rate-limit, after the key: a fixed window per verified consumer, with RateLimit and Retry-After headers.',
    docs: 'https://github.com/fastify/fastify-rate-limit',
  },
  transform: {
    level: 'script',
    how: 'The whole body is gathered, parsed with its numbers’ text kept, and written by fast-xml-parser or JSON.stringify.',
    docs: 'https://github.com/NaturalIntelligence/fast-xml-parser/blob/master/docs/v4/3.XMLBuilder.md',
  },
}
