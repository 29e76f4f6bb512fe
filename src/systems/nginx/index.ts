import { type Cells, supportOf, traitsOf } from '../cell.ts'
import type { NginxAdds } from '../nginx-core/adds.ts'
import { invalidationDiffers } from '../nginx-core/cells/cache/fidelity.ts'
import { cacheLockPollMs } from '../nginx-core/cells/cache/lock-poll.ts'
import { compileNginx } from '../nginx-core/compile.ts'
import type { System } from '../system.ts'
import { apiKey } from './api-key.ts'
import { balancing } from './balancing.ts'
import { cache } from './cache.ts'
import { launch } from './launch.ts'
import { quota } from './quota.ts'
import { rateLimit } from './rate-limit.ts'
import { routes } from './routes.ts'
import { transform } from './transform.ts'

const cells: Cells<NginxAdds> = { routes, balancing, cache, apiKey, rateLimit, transform, quota }

export const nginx: System = {
  id: 'nginx',
  title: 'NGINX',
  kind: 'proxy',
  summary: 'The most used reverse proxy, with its own directives only: no scripting.',
  support: supportOf(cells),
  traits: traitsOf(cells),
  cacheLockPollMs,
  lacks: { invalidation: invalidationDiffers },
  compile: (policy, site) => compileNginx(cells, policy, site),
  reach: { kind: 'launch', launch },
}
