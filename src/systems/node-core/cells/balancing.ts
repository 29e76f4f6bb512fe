import { locations } from '../../../policy/locations.ts'
import { hostAndPort } from '../../system.ts'
import type { EdgeCell } from '../adds.ts'
import type { EdgeOrigin } from '../config.ts'

export const balancing: EdgeCell<'balancing'> = {
  support: {
    level: 'script',
    how: 'Smooth weighted round-robin and least connections in fifty lines, as one layer of undici’s dispatching. undici’s own BalancedPool moves weights by errors and takes none from you. “keepAlive” in edge.json says whether connections to the instances stay open: with false each request opens one.',
    docs: 'https://github.com/nodejs/undici/blob/main/docs/docs/api/BalancedPool.md',
  },
  adds: {
    file: (policy, site) => ({
      origins: Object.fromEntries(
        locations(policy).map(({ route, balancing: { method, weights } }): [string, EdgeOrigin] => [
          route.origin,
          {
            instances: (site.origins[route.origin] ?? []).map(hostAndPort),
            balance: method,
            ...(weights && { weights }),
          },
        ]),
      ),
    }),
  },
  fidelity: () => ({
    level: 'exact',
    how: 'balance.ts: one counter for all connections of the one process; keepAlive: they stay open',
  }),
  sources: ['node-core/upstream/balance.ts'],
}
