import type { Support } from '../system.ts'

/** What the program that proxy and gateway share can do. */
export const coreSupport: Pick<Support, 'routes' | 'balancing' | 'cache'> = {
  routes: {
    level: 'script',
    how: 'The longest prefix of the decoded path, found in a list; forwarded over kept-alive connections by undici.',
    docs: 'https://undici.nodejs.org/#/docs/api/Dispatcher',
  },
  balancing: {
    level: 'script',
    how: 'Smooth weighted round-robin and least connections in a dozen lines over one undici pool per instance.',
    docs: 'https://undici.nodejs.org/#/docs/api/Pool',
  },
  cache: {
    level: 'plugin',
    how: 'undici’s RFC 9111 cache in memory, and its deduplication, which makes one request of concurrent ones.',
    docs: 'https://undici.nodejs.org/#/docs/api/CacheStore',
  },
}
