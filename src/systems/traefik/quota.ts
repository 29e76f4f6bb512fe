import type { TraefikCell } from './native/adds.ts'

export const quota: TraefikCell<'quota'> = {
  support: {
    level: 'none',
    how: 'A bucket fills all the time, however long its period, and keeps no totals. Quotas of a plan are part of the vendor’s gateway, Traefik Hub, with Redis behind it.',
    docs: 'https://doc.traefik.io/traefik-hub/api-management/api-plans',
  },
}
