import { type Cells, cannotOf, supportOf, traitsOf } from '../cell.ts'
import type { System } from '../system.ts'
import { apiKey } from './api-key.ts'
import { balancing } from './balancing.ts'
import { cache, coalescingDiffers, invalidationDiffers, staleDiffers } from './cache.ts'
import { launch } from './launch.ts'
import type { KongAdds } from './native/adds.ts'
import { compileKong } from './native/compile.ts'
import { quota } from './quota.ts'
import { burstDiffers, rateLimit } from './rate-limit.ts'
import { routes } from './routes.ts'
import { transform } from './transform.ts'

const cells: Cells<KongAdds> = { routes, balancing, cache, apiKey, rateLimit, transform, quota }

export const kong: System = {
  id: 'kong',
  title: 'Kong Gateway',
  kind: 'gateway',
  summary:
    'NGINX with Lua made a gateway by its maker: plugins in place of scripts of one’s own. Here without a database.',
  support: supportOf(cells),
  traits: traitsOf(cells),
  lacks: {
    invalidation: invalidationDiffers,
    coalescing: coalescingDiffers,
    'stale-on-error': staleDiffers,
    burst: burstDiffers,
  },
  cannot: cannotOf(cells),
  compile: (policy, site) => compileKong(cells, policy, site),
  reach: { kind: 'launch', launch },
}
