import { type Cells, supportOf, traitsOf } from '../cell.ts'
import { invalidationDiffers } from '../nginx-core/cells/cache/fidelity.ts'
import { cacheLockPollMs } from '../nginx-core/cells/cache/lock-poll.ts'
import { compileNginx } from '../nginx-core/compile.ts'
import type { Site, System } from '../system.ts'
import type { NjsAdds } from './adds.ts'
import { apiKey } from './api-key.ts'
import { balancing } from './balancing.ts'
import { cache } from './cache.ts'
import { launch } from './launch.ts'
import { quota } from './quota.ts'
import { dictionaryDirective, rateLimit, rateLimitWithoutDictionary } from './rate-limit.ts'
import { routes } from './routes.ts'
import { scripts } from './scripts.ts'
import { transform } from './transform.ts'

const cells: Cells<NjsAdds> = { routes, balancing, cache, apiKey, rateLimit, transform, quota }

function cellsFor({ module }: Site): Cells<NjsAdds> {
  return module?.lacks.includes(dictionaryDirective) ? { ...cells, rateLimit: rateLimitWithoutDictionary } : cells
}

export const nginxNjs: System = {
  id: 'nginx-njs',
  title: 'NGINX with njs',
  kind: 'gateway',
  summary: 'The same NGINX made a gateway by its own JavaScript, which its official image brings along.',
  buildsOn: 'nginx',
  support: supportOf(cells),
  traits: traitsOf(cells),
  cacheLockPollMs,
  lacks: { invalidation: invalidationDiffers },
  compile: (policy, site) => {
    const here = cellsFor(site)
    return compileNginx(here, policy, site, (possible) => scripts(here, possible, site))
  },
  reach: { kind: 'launch', launch },
}
