import type { EdgeCell } from '../adds.ts'

export const routes: EdgeCell<'routes'> = {
  support: {
    level: 'script',
    how: 'The longest prefix of the decoded path, dot segments resolved, found in a list; @fastify/reply-from forwards what it took. “forwarded” in edge.json says whether the origin learns who asks: false leaves X-Forwarded-For and X-Forwarded-Proto alone. You write the comparison, and you get it wrong first: an encoded “..” must not lead past a line. The server around it is yours as well: it refuses what HTTP forbids in JSON of its own (400 for two Hosts or two lengths, 501 for CONNECT, unknown methods and codings, 408 for a request that takes a minute, 502 for an answer that nobody can be sent) and drops request headers with underscores, as NGINX does.',
    docs: 'https://github.com/fastify/fastify-reply-from',
  },
  adds: { location: ({ path, route }) => ({ path, origin: route.origin }) },
  fidelity: () => ({
    level: 'exact',
    how: 'locations in edge.json, longest path first; compared decoded, dot segments resolved; forwarded: the origin is told who asks',
  }),
  sources: ['node-core/server/request-path.ts'],
}
