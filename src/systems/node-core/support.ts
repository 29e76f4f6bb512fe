import type { Support } from '../system.ts'

/** What the program that proxy and gateway share can do. */
export const coreSupport: Pick<Support, 'routes' | 'balancing' | 'cache'> = {
  routes: {
    level: 'script',
    how: 'The longest prefix of the decoded path, dot segments resolved, found in a list; @fastify/reply-from forwards what it took. “forwarded” in edge.json says whether the origin learns who asks: false leaves X-Forwarded-For and X-Forwarded-Proto alone. You write the comparison, and you get it wrong first: an encoded “..” must not lead past a line. The server around it is yours as well: it refuses what HTTP forbids in JSON of its own (400 for two Hosts or two lengths, 501 for CONNECT, unknown methods and codings, 408 for a request that takes a minute, 502 for an answer that nobody can be sent) and drops request headers with underscores, as NGINX does.',
    docs: 'https://github.com/fastify/fastify-reply-from',
  },
  balancing: {
    level: 'script',
    how: 'Smooth weighted round-robin and least connections in fifty lines, as one layer of undici’s dispatching. undici’s own BalancedPool moves weights by errors and takes none from you. “keepAlive” in edge.json says whether connections to the instances stay open: with false each request opens one.',
    docs: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/BalancedPool.md',
  },
  cache: {
    level: 'plugin',
    how: 'undici’s shared cache decides what RFC 9111 lets it store, what is fresh and what must be asked for again. What it does not do is yours: a store that drops every variant of a path when a POST has changed it, 304 and ranges for the client, renewal by the origin’s 304, and coalescing. undici’s own deduplication gives one answer to all who wait before anybody knows whose it is; here they wait for the head, and share only what was stored for them. A client’s Cache-Control counts: with no-cache anybody reaches the origin.',
    docs: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/Interceptors.md',
  },
}
