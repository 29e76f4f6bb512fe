import type { CaddyCell } from './native/adds.ts'

export const rateLimit: CaddyCell<'rateLimit'> = {
  support: {
    level: 'none',
    how: 'Caddy as it is delivered counts no rates; a module for it must be built in with xcaddy. What it can bound is how many requests an instance has at once (max_requests, unhealthy_request_count), which is no rate and knows no consumer.',
    docs: 'https://caddyserver.com/docs/modules/http.handlers.rate_limit',
  },
}
