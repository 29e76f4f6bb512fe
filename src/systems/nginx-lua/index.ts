import { type Cells, supportOf, traitsOf } from '../cell.ts'
import { invalidationDiffers } from '../nginx-core/cells/cache/fidelity.ts'
import { cacheLockPollMs } from '../nginx-core/cells/cache/lock-poll.ts'
import { compileNginx } from '../nginx-core/compile.ts'
import type { System } from '../system.ts'
import type { LuaAdds } from './adds.ts'
import { apiKey } from './api-key.ts'
import { balancing } from './balancing.ts'
import { cache } from './cache.ts'
import { launch } from './launch.ts'
import { quota } from './quota.ts'
import { rateLimit } from './rate-limit.ts'
import { routes } from './routes.ts'
import { scripts } from './scripts.ts'
import { transform } from './transform.ts'

const cells: Cells<LuaAdds> = { routes, balancing, cache, apiKey, rateLimit, transform, quota }

export const nginxLua: System = {
  id: 'nginx-lua',
  title: 'NGINX with Lua',
  kind: 'gateway',
  summary: 'The same NGINX made a gateway by scripts of one’s own, as OpenResty does it.',
  buildsOn: 'nginx',
  support: supportOf(cells),
  traits: traitsOf(cells),
  cacheLockPollMs,
  lacks: { invalidation: invalidationDiffers },
  compile: (policy, site) => compileNginx(cells, policy, site, (possible) => scripts(cells, possible, site)),
  reach: { kind: 'launch', launch },
}
