import type { CaddyCell } from './native/adds.ts'

export const quota: CaddyCell<'quota'> = {
  support: {
    level: 'none',
    how: 'Caddy as it is delivered counts no requests, neither by the second nor by the month.',
    docs: 'https://caddyserver.com/docs/modules/',
  },
}
