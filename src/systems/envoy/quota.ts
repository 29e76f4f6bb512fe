import type { EnvoyCell } from './bootstrap/adds.ts'

export const quota: EnvoyCell<'quota'> = {
  support: {
    level: 'none',
    how: 'local_ratelimit is a bucket that fills all the time, and keeps no totals. Days and months are units of the rate limit service, a program of its own that Envoy asks, with Redis behind it.',
    docs: 'https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/other_features/global_rate_limiting',
  },
}
