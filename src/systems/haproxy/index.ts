import { type Cells, supportOf, traitsOf } from '../cell.ts'
import type { System } from '../system.ts'
import { apiKey } from './api-key.ts'
import { balancing } from './balancing.ts'
import { cache } from './cache.ts'
import { noCoalescing, noStale } from './cache-fidelity.ts'
import { launch } from './launch.ts'
import type { HaproxyAdds } from './native/adds.ts'
import { compileHaproxy } from './native/compile.ts'
import { quota } from './quota.ts'
import { rateLimit } from './rate-limit.ts'
import { routes } from './routes.ts'
import { transform } from './transform.ts'

const cells: Cells<HaproxyAdds> = { routes, balancing, cache, apiKey, rateLimit, transform, quota }

export const haproxy: System = {
  id: 'haproxy',
  title: 'HAProxy',
  kind: 'proxy',
  summary: 'The load balancer: rules in the order in which you write them, and counters in memory. No scripting.',
  support: supportOf(cells),
  traits: traitsOf(cells),
  lacks: { coalescing: noCoalescing, 'stale-on-error': noStale },
  compile: (policy, site) => compileHaproxy(cells, policy, site),
  reach: { kind: 'launch', launch },
}
