import { type Cells, supportOf, traitsOf } from '../cell.ts'
import type { System } from '../system.ts'
import { apiKey } from './api-key.ts'
import { balancing } from './balancing.ts'
import type { EnvoyAdds } from './bootstrap/adds.ts'
import { neverInvalidated, neverStale } from './bootstrap/cache/fidelity.ts'
import { compileEnvoy } from './bootstrap/compile.ts'
import { cache } from './cache.ts'
import { launch } from './launch.ts'
import { quota } from './quota.ts'
import { rateLimit } from './rate-limit.ts'
import { routes } from './routes.ts'
import { transform } from './transform.ts'

const cells: Cells<EnvoyAdds> = { routes, balancing, cache, apiKey, rateLimit, transform, quota }

export const envoy: System = {
  id: 'envoy',
  title: 'Envoy',
  kind: 'proxy',
  summary:
    'A reverse proxy made of filters: with those for keys and limits it does a gateway’s work, and one filter runs Lua.',
  support: supportOf(cells),
  traits: traitsOf(cells),
  lacks: { invalidation: neverInvalidated, 'stale-on-error': neverStale },
  compile: (policy, site) => compileEnvoy(cells, policy, site),
  reach: { kind: 'launch', launch },
}
