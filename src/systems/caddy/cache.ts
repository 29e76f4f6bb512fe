import type { CaddyCell } from './native/adds.ts'

export const cache: CaddyCell<'cache'> = {
  support: {
    level: 'none',
    how: 'Caddy as it is delivered has no cache. There is one as a module (cache-handler, on Souin), for which Caddy must be built anew with xcaddy.',
    docs: 'https://caddyserver.com/docs/modules/http.handlers.cache',
  },
}
