import { coreSupport } from '../node-core/support.ts'
import type { Support } from '../system.ts'

export const support: Support = {
  ...coreSupport,
  apiKey: {
    level: 'script',
    how: 'Thirty lines: the key’s SHA-256 digest is looked up in a map before anything is counted or forwarded; the origin gets the consumer’s name in its place. Rotating, revoking and auditing keys would be the next thousand.',
    docs: 'https://nodejs.org/api/crypto.html#class-hash',
  },
  rateLimit: {
    level: 'plugin',
    how: '@fastify/rate-limit, asked after the key check, because “gates” in edge.json says so: before it, the limit would count by address, bad keys too. A fixed window per verified consumer or address, in this process only, with RateLimit-* and Retry-After headers. Requests that arrive in one go are counted one after another, because the library reads its shared count too late. A window is not a bucket: across its border twice the burst may pass.',
    docs: 'https://github.com/fastify/fastify-rate-limit',
  },
  transform: {
    level: 'script',
    how: 'A layer below the cache collects the whole document and rewrites it: JSON.parse with each number’s own text, fast-xml-parser’s builder for XML, white space cut away for compact JSON. The cache keeps the result.',
    docs: 'https://github.com/NaturalIntelligence/fast-xml-parser',
  },
}
