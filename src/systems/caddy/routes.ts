import type { CaddyCell } from './native/adds.ts'
import { prefixPattern } from './native/paths.ts'

export const routes: CaddyCell<'routes'> = {
  support: {
    level: 'native',
    how: 'An ordered list of routes, of which the first that matches is the last: the longest prefix must be written first. The path matcher ignores the case of letters, so that it takes path_regexp. Caddy decides by the decoded, cleaned path and sends the path as it came: what it and the origin could read differently has to be refused. A request that no route takes gets 200 with nothing in it, unless a last route says 404.',
    docs: 'https://caddyserver.com/docs/json/apps/http/servers/routes/',
  },
  adds: {
    proxy: () => ({
      transport: {
        protocol: 'http',
        dial_timeout: '2s',
        // Left on, Caddy asks for gzip where the client did not, and unpacks what it gets.
        compression: false,
        keep_alive: { max_idle_conns_per_host: 128 },
      },
    }),
  },
  fidelity: ({ path, origin }) => ({
    level: 'exact',
    how:
      path === '/'
        ? `The last route, without a matcher, invokes reverse_proxy to ${origin}.`
        : `A route with path_regexp ${prefixPattern(path)} invokes reverse_proxy to ${origin}; longer prefixes stand before it. Paths with //, dot segments, %2F, %5C or %00 are refused with 400: Caddy would decide by another path than the origin gets.`,
  }),
}
