import { locations } from '../../policy/locations.ts'
import type { KongCell } from './native/adds.ts'
import { limiting } from './rate-limit.ts'

export const quota: KongCell<'quota'> = {
  support: {
    level: 'plugin',
    how: 'rate-limiting counts by the day, the month and the year as well, and tells what is left of each. With policy local a node counts for itself, in memory: what is to last a month and to hold for several nodes wants cluster (a database) or redis.',
    docs: 'https://developer.konghq.com/plugins/rate-limiting/',
  },
  adds: {
    // Where a rate is limited too, the same plugin does both: a route has each once.
    route: ({ rateLimit, quota }) => (quota && !rateLimit ? { plugins: [limiting(undefined, quota)] } : {}),
  },
  cannot: (line, policy) =>
    locations(policy).some(({ rateLimit, quota }) => quota === line && rateLimit?.per === 'address')
      ? 'A route has one rate-limiting plugin, which counts by consumer or by address: here it limits a rate by address.'
      : undefined,
  fidelity: (line, policy) => {
    const routes = locations(policy).filter(({ quota }) => quota === line).length
    return {
      level: 'approximated',
      how: [
        `rate-limiting with ${line.period}: ${line.requests}, by consumer, in periods of the calendar (UTC). Counted in the memory of one node, so that a restart begins anew.`,
        routes > 1 ? `Each of the ${routes} routes of this line counts for itself.` : '',
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
}
